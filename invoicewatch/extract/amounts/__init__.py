"""Amounts of money: how they are written, which currencies there are, and where on a row they stand.

Imports ``page``. Everything that reads sums imports it.
"""
