"""Commands for upkeep: ``backup``, ``restore``, ``check``, ``forget``, ``log``, ``memory``, ``config``, ``doctor``.

Imports ``answers`` and the store. ``cli.lazy`` loads it.
"""
