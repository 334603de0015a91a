"""What a document says about its sums: sheets of figures and labels, labelled amounts, tax rows, sums that close.

Imports ``amounts`` and ``page``, nothing of ``total``. The ranking, the proofs and the extractor read it.
"""
