"""The page's texts in the reader's language, and dates and amounts as they are written there.

Imports Babel. The pages call it.
"""
