"""How sellers' papers look, and whose paper one is: what the store learns and the extractors ask.

Imports nothing but records and the standard library.
"""
