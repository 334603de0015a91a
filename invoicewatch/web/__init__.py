"""The page: what an office does every day, in a browser, and an API for programs.

Imports ``answers`` and what stands below it; no document is decoded here, that is done by the processes of ``paper``.
The command ``web`` starts it.
"""
