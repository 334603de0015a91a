"""Worker processes: documents in, records out, under limits of time and memory; a crash costs one attempt.

Imports ``wiring``. The daemon and ``process`` call it, each machine of a cluster likewise.
"""
