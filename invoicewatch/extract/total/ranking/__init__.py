"""Which amount is the total: every amount described by named features, ranked by trees that were fitted.

Imports ``total.reading`` and ``weights``. The extractor calls it; ``benchmarks/learn`` fits it.
"""
