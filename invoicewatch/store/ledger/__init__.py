"""The ledger: every file ever seen, where it is on its way, and what went wrong.

Imports ``tables``. The daemon calls it; ``status`` reads its view.
"""
