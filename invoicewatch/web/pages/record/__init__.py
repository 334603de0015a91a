"""One document with everything about it, and what can be done with it.

Imports ``guard``, ``paper`` and the answers. The app puts its routes in.
"""
