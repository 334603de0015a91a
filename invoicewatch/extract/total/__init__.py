"""The sums: claims by labels, sums that close, the choice among them, what proves it, net, tax and what is due.

Imports ``proof``, ``parties`` (known decimal signs), ``amounts`` and ``page``. The chain calls its extractor.
"""
