"""What the rankings weigh by: one data file a question, and the code that reads it.

Imports nothing of ``extract``, which all ranks by it. ``benchmarks/learn`` writes what is fitted.
"""
