"""What people write on invoices, one file a language, and the room that reads these files.

The languages are the files that are there: ``de.toml`` is German. ``roles.toml`` names the tables and roles that a file
may hold, ``international.toml`` holds words that belong to no language. Imports no other room of ``extract``.
"""
