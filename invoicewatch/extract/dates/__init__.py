"""Dates: how they are written, what each may be, which is the day of issue, and what is due when.

Imports ``parties`` (known habits), ``proof``, ``page``, ``place`` and ``weights``. The chain calls its extractor.
"""
