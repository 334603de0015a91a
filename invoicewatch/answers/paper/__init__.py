"""One record as a page that people can read and print: HTML without scripts, of which everything is escaped.

Imports ``answers.records``. The command line calls it.
"""
