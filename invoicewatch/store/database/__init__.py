"""The file: its schema's version, opened to read or to write, who may write, copied and migrated; and the log in it.

Imports no other room of the store, which all import it.
"""
