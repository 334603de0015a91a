"""Telling someone: what is told (``event``, ``words``, ``troubles``), by which channel, and the thread that sends.

Imports records and settings. The rest of the daemon hands it events.
"""
