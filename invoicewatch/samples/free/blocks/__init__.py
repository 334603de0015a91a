"""The pieces of free layouts: rectangles that know their size, put together by stacking and setting side by side.

Imports ``free.invent`` and ``samples.files``. ``free.papers`` and ``free.tills`` decide which piece stands where.
"""
