"""Codes on paper: one payload a file, each checked, and what becomes of their values beside what the page says.

Imports ``numbers``, ``total``, ``amounts`` and ``page``. The chain calls its extractor, ``wiring`` asks it what codes
were taken for and which of them the document contradicts.
"""
