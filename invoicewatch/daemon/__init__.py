"""The daemon: watches the inboxes, hands documents to workers, records them and files the originals away.

Imports the workers, intake and the store. ``answers`` and the command line start it and ask how it is.
"""
