"""One file a format: an invented invoice as PDF, picture, UBL or CII.

Imports ``samples.invent``. ``samples.write`` calls it.
"""
