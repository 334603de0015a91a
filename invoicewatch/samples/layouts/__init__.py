"""Where things stand on an invented page: letters, forms, receipts.

Imports ``samples.invent`` and ``samples.files``. ``samples.files.sheet`` users draw what it lays out.
"""
