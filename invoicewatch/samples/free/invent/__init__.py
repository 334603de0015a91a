"""What a free layout says: words, markets, parties, goods and sums of one invented document.

Imports ``samples.invent``; knows nothing of pages.
"""
