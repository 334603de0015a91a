"""The command line: one file a command, in rooms by what a person is about; words, keys and colours only.

Imports ``answers`` and everything below it. Only the entry point in ``pyproject.toml`` calls it.
"""
