"""A part of a cluster for ``head.py``: ``python -m benchmarks.head_cluster CONFIG CORES``.

With no cores it is the scheduler, else a machine of so many simulated workers.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from benchmarks.head_daemon import read_slowly
from benchmarks.load_daemon import build_nothing
from invoicewatch.cluster.versions import find_versions
from invoicewatch.cluster.work.nodes import run_scheduler, run_worker
from invoicewatch.cluster.work.runner import Runner
from invoicewatch.config import Config, load_config


def main(config: Config, cores: int) -> None:
    if not cores:
        asyncio.run(run_scheduler(config.cluster.scheduler, config.cluster))
        return
    runner = Runner(config, cores, build_nothing, read_slowly)
    asyncio.run(run_worker(config.cluster, runner, cores, find_versions(config)))


if __name__ == "__main__":
    main(load_config(Path(sys.argv[1])).config, int(sys.argv[2]))
