"""How the daemon is: its report for ``status`` and systemd, its figures for monitoring.

Imports the rooms whose state it reports. ``daemon.loop`` and the command line call it.
"""
