"""The currency of the document.

Imports ``proof``, ``amounts`` and ``page``. The chain calls its extractor.
"""
