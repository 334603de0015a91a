"""Find records: what was typed, as expressions and filters, best first, in bounded time.

Imports ``index``, ``records`` and ``database``, and nothing heavy. The command line calls it.
"""
