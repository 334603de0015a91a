"""Commands for upkeep: ``backup``, ``restore``, ``check``, ``forget``, ``memory``, ``config``, ``doctor``.

Imports ``answers`` and the store. ``cli.lazy`` loads it.
"""
