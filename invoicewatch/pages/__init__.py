"""From bytes to pages: formats opened under limits, images prepared, stacks cut.

Imports records and settings. ``wiring`` calls it.
"""
