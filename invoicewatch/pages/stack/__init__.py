"""A stack of documents: what is blank, what separates, where to cut.

Imports records only. ``wiring`` calls it.
"""
