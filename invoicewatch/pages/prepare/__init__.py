"""A page made ready to be read: upright, flat, level, even, without rules.

Imports nothing of ``pages``. The formats call it.
"""
