"""What ``--json`` prints and what notices carry, as types: the contract with programs.

Every key has its meaning beside it; docs/json.md is made from here, and a test asks that no command prints another.
Imports nothing heavy: the quickest command names its answer by it.
"""
