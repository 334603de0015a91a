"""Commands that find and show: ``search``, ``list``, ``show``, ``stats``, ``export``, and how they look.

Imports ``answers`` and the store's readers, nothing heavy. ``cli.lazy`` loads it.
"""
