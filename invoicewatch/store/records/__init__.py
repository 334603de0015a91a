"""One record: written whole or not at all, read back with what people entered, handed over between parts.

Imports ``memory``, ``index`` and ``tables``. The daemon and ``answers`` call it.
"""
