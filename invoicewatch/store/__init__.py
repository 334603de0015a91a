"""The database: writers go through ``database`` and ``invoices``, readers through ``query``."""
