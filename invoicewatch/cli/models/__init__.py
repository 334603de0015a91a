"""The command ``model``: the language model's files, its speed here, and what it is worth here.

Imports ``answers.models`` and ``model``. ``cli.lazy`` loads it.
"""
