"""Which run of words is the seller: described by what it says, where it stands and what stands around it, and ranked.

Imports ``parties.names`` and ``weights``. The extractor calls it; ``benchmarks/learn`` fits it.
"""
