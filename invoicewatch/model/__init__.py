"""The GGUF language model: found or fetched, kept warm, asked for likelihoods, measured.

Imports records and settings; ``llama_cpp`` in one file. ``wiring`` and the command ``model`` call it.
"""
