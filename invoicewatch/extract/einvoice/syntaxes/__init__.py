"""One module a syntax: where each term of EN 16931 stands in its XML, and by which element it is known.

Imports nothing of ``einvoice``, which reads by these tables. ``docs/einvoices.md`` is made of them.
"""
