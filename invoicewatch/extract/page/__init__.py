"""The page as a person sees it: rows and cells, blocks under headings, titles, and labels misread or not.

Imports no other room of ``extract``, which all import it.
"""
