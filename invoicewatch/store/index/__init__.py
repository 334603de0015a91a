"""The full text index: words, what is written of them, and which known words resemble a typed one.

Imports ``tables`` to write and ``database`` to read. ``records`` and ``search`` call it.
"""
