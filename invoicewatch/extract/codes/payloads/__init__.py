"""One payload a module: how it is told, read and checked, and its source.

Imports ``numbers`` for the check digits of accounts. ``codes.known`` names them all.
"""
