"""E-invoices: a module with its table for each syntax, the XML read safely, its terms as fields.

Imports ``numbers`` and ``page``. The chain calls its extractor, ``judge`` asks it for contradictions.
"""
