"""Office paper by chance: invoices and credit notes on sheets, over as many pages as they need.

Imports ``free.invent`` and ``free.blocks``.
"""
