"""Pages of documents as pictures, made in processes of their own under limits.

Imports the pages' formats in the process that draws, and nothing of them here. The routes call it.
"""
