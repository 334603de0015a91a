"""The command ``model``: the language model's files, its speed here, and what it is worth here.

Imports ``model``, ``correct`` and ``samples``. ``cli.lazy`` loads it.
"""
