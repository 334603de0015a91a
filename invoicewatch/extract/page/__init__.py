"""The page as a person sees it: rows and cells, blocks under headings, titles, and labels misread or not.

Imports ``labels`` only; all other rooms of ``extract`` import it.
"""
