"""The page as a person sees it: rows and cells, blocks under headings, titles, and labels misread or not.

Imports ``labels`` and ``weights`` only, and every other room of ``extract`` imports it.
"""
