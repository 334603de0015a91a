"""``invoicewatch cluster``: the parts of a cluster, and a look at it.

Imports ``cluster``. The root command loads it when it is asked for.
"""
