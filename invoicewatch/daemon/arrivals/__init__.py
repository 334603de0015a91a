"""What comes in: each inbox, the hints of its file system, and when a file has come to rest.

Imports the intake and the ledger. ``daemon.work`` and ``daemon.loop`` call it.
"""
