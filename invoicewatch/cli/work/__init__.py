"""Commands that make documents move: ``run``, ``process``, ``reprocess``, ``retry``, ``status``.

Imports ``answers``, the daemon and the workers. ``cli.lazy`` loads it.
"""
