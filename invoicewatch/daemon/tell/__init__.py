"""Telling someone: what is told (``event``, ``words``, ``troubles``), by which channel, and the thread that sends."""
