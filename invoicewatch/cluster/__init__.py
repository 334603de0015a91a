"""Other machines' workers as one more pool, by Dask. The head unpickles nothing: a bridge process holds Dask's client.

Imports ``workers``, and alone ``dask`` and ``distributed``, in the processes of bridge, scheduler and worker only. The
daemon, ``process`` and ``reprocess`` get their pool here (``choose``).
"""
