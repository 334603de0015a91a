"""Runs of words that may be a party's name: lines, parts of lines, lines joined, and what is no name at all.

Imports ``page`` and ``labels`` only. The ranking and the headings choose among what it finds.
"""
