"""From a folder to claimed bytes: what is there, whether it has come to rest, what it is, and where it goes.

Imports records and settings only; it moves files and knows no database. The daemon calls it.
"""
