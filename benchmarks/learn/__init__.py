"""Fitting what the program ranks by: readings that were kept, candidates with features, trees checked source by source.

Development only: imports scikit-learn. ``make fit`` runs it; what comes out lies in ``invoicewatch/extract/weights``.
"""
