"""Reading images: which engine, how well it read, where to look again, and two readings made one.

Imports records and settings. ``reading`` calls it; an engine is an entry point.
"""
