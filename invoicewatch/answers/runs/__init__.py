"""Documents read by these very commands, without the daemon: files for the first time, records again, failures retried.

And files that are handed in for the daemon, and followed until it is done with them. Imports ``answers.records``, the
daemon and the workers. The command line and the page call it.
"""
