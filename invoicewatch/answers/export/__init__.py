"""Many records in a file: which format, one module each, and the rows that fill it.

Imports ``answers.atomic``, ``answers.safe`` and the store's figures; the libraries of a format only to write it. The
command line calls it.
"""
