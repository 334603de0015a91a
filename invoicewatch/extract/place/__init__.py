"""Where on earth a document comes from: what on the page speaks for which country.

Imports nothing of ``extract``. Dates ask it for the order of day and month, the currency for what a ``$`` means.
"""
