"""Which comes first, the day or the month: what the place, the other dates and the memory say of it.

Imports ``dates.written``, ``place`` and ``parties`` (known habits). The extractor calls it.
"""
