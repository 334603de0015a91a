"""Show the place on the page that a value was read from, in the terminal.

Imports ``pages`` to cut it out. ``cli.answer`` calls it.
"""
