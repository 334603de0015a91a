"""Whether a document can go to the books by itself, and if not, why not.

Imports the rooms whose findings it weighs. ``wiring`` calls it after the chain.
"""
