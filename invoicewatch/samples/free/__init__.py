"""Layouts drawn by chance: one seed makes one layout, one invented document for it, and its truth.

``invent`` makes what is said, ``blocks`` are the pieces that say it, ``papers`` and ``tills`` set them on sheets of an
office and on rolls of a till, ``sample`` gives the result. What no layout prints is no part of its truth.
"""
