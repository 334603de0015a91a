"""Documents read by these very commands, without the daemon: files for the first time, records again, failures retried.

Imports ``answers.records``, the daemon and the workers. The command line calls it.
"""
