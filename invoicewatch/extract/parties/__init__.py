"""Who sells and who buys: names under headings, names without, and sellers known from before.

Imports ``page``. Dates, numbers and total ask it for sellers that are known.
"""
