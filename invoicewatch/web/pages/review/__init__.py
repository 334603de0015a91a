"""One document on a screen, its questions beside it: what is shown, what an answer does, and what follows from it.

Imports what every page has, and the answers. The app takes its routes.
"""
