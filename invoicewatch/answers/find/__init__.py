"""Records that are looked for: what was typed as filters, a page of hits, sums, and both as plain values.

Imports ``answers.safe``, the store's readers and nothing heavy, for ``search`` must answer at once. The command line
calls it.
"""
