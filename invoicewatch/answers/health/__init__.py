"""What is needed, looked at one by one: folders, disks, database, engines, model; and figures for monitoring.

Imports whatever is looked at. The command line calls ``everything``, and a page would.
"""
