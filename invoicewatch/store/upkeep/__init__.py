"""What is done to records long after: compared, read again, erased, their originals retired.

Imports every other room. The command line and the daemon call it.
"""
