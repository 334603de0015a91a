"""Codes printed for machines, decoded at the size at which a page is read.

Imports ``prepare``. ``reading.first`` calls it once a page was read; what a code means is told in
``extract/codes``. ``zxingcpp`` is imported here alone.
"""
