"""The choice among what an engine nearly read: what speaks for a path, how much it counts, and the edits it comes to.

Imports the words, the languages, the guard and records. It is the processor ``paths``, an entry point.
"""
