"""Commands that look after what is kept: ``backup``, ``restore``, ``check``, ``forget``, ``memory``, ``config``.

Imports ``answers`` and the store. ``cli.lazy`` loads it.
"""
