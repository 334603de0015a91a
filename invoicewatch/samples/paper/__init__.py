"""What paper and scanners do to a clean page.

Imports nothing of ``samples``. ``samples.write`` calls it.
"""
