"""Receipts of tills by chance: rolls of supermarkets, restaurants, filling stations, pharmacies, car parks.

Imports ``free.invent`` and ``free.blocks``.
"""
