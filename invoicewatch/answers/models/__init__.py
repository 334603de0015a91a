"""The language model's files: which one is meant, whether it is sound, which is used, and what it is worth here.

Imports ``model``, ``correct`` and the samples it is measured on. The command line calls it.
"""
