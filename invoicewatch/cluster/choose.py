"""The one place that decides who runs documents: this machine's processes, or a cluster, or both."""

from __future__ import annotations

from invoicewatch.config import Config
from invoicewatch.workers.interpreter import Interpreter
from invoicewatch.workers.pool import WorkerPool, count_workers
from invoicewatch.workers.protocol import Pool

_PATIENCE_S = 60.0


def start_pool(config: Config) -> Pool:
    """The daemon's pool; it waits for machines as long as there are none. Raises FatalError."""
    if not config.cluster.scheduler:
        return WorkerPool.start(config, count_workers(config))
    return _start_cluster(config, None, eager=True, page_threads=1)


def start_batch_pool(config: Config, workers: int, *, page_threads: int, ahead: Interpreter | None = None) -> Pool:
    """The pool for a list of files, ``workers`` processes of this machine where there is no cluster.

    ``ahead`` is an interpreter that was started before, for the first process; it ends where none is wanted.

    Raises:
        FatalError: The settings, or what they need, are missing; while it works: no machine of the cluster can.
    """
    if not config.cluster.scheduler:
        return WorkerPool.start(config, workers, eager=False, page_threads=page_threads, ahead=ahead)
    if ahead is not None:
        ahead.pipe.close()
    return _start_cluster(config, _PATIENCE_S, eager=False, page_threads=page_threads)


def _start_cluster(config: Config, patience_s: float | None, *, eager: bool, page_threads: int) -> Pool:
    from invoicewatch.cluster.pool import ClusterPool
    from invoicewatch.cluster.security import check_address, check_dask

    asked = config.cluster
    check_dask()
    check_address(asked.scheduler, asked.ca, asked.certificate, asked.key)
    count = asked.local_workers
    local = WorkerPool.start(config, count, eager=eager, page_threads=page_threads) if count else None
    return ClusterPool.start(config, local, patience_s=patience_s)
