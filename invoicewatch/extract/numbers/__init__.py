"""Numbers that name something: the document, the seller for the tax office, the account.

Imports ``parties`` (known shapes) and ``page``. The chain calls its extractor; e-invoices share its check digits.
"""
