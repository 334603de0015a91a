"""What kind of paper this is.

Imports ``amounts`` and ``page``. The chain calls its extractor last: what the others found is its evidence.
"""
