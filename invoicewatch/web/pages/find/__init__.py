"""Search and figures: one box for both, what is found as a table, as sums, and as a file.

Imports ``answers.find`` and ``answers.export``. The app takes its routes in.
"""
