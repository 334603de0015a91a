"""One file a format: images, TIFF, PDF with its text and attachments, XML.

Imports ``pages.prepare`` and the limits. ``pages.load`` calls it.
"""
