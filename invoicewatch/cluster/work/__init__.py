"""What runs on the machines of a cluster: the scheduler, the workers, and the processes that a worker holds.

Part of ``cluster``, and with its bridge alone in importing Dask. The commands of ``invoicewatch cluster`` call it.
"""
