"""What stands on an invented invoice: parties, goods, numbers, wording, by market.

Imports no other room of ``samples``.
"""
