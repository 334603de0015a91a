"""``invoicewatch web`` and what belongs to it: serving the page, its people and its tokens.

Imports ``web``, and nothing of it before a command runs.
"""
