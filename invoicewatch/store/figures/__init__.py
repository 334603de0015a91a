"""Many records at once: sums, flat rows for export, figures for monitoring.

Imports ``search`` and ``records``. ``answers``, the command line and the daemon call it.
"""
