"""The database: writers go through ``database.writer`` and ``records``, readers through ``database.reader``.

Imports records only. Its rooms stand in an order, lowest first: database, tables, index, memory, records, ledger,
search, figures, upkeep. The daemon writes; ``answers`` and the command line read and write.
"""
