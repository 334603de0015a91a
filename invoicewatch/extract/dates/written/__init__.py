"""How dates are written: numeric in any order, with names, damaged by an engine; each with the days it may mean.

Imports ``labels`` (months) only. Every other part of ``dates`` reads its records.
"""
