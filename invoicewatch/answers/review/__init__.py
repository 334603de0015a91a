"""A review: which records wait for one, what to ask about each, the place on the page, and what an answer means.

Imports ``answers.records``, the store and the pages. The command line calls it.
"""
