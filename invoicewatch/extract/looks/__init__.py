"""How a paper looks, and what its seller's earlier papers say of it: which value stands where it always stands.

Imports the rooms whose findings it weighs. It is the last link of the chain; ``wiring`` asks it for sketches.
"""
