"""How likely words and letters are in the languages of invoices: hashed tables, asked many words at a time.

Imports numpy alone. The choice among an engine's paths asks it; ``benchmarks/learn/language.py`` builds the tables.
"""
