"""The real daemon with simulated workers, for ``head.py``: each sleeps as long as a page takes and hands back a record.

``HEAD_RECORDS`` names the folder of the records, one a file by the number of the document, ``HEAD_SLEEP_S`` how long.
"""

from __future__ import annotations

import os
import pickle
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.load_daemon import NoTools, build_nothing
from invoicewatch.cluster import choose
from invoicewatch.config import Config, load_config
from invoicewatch.daemon.service import run_service
from invoicewatch.records import Document, Invoice, Memory
from invoicewatch.workers.pool import WorkerPool, count_workers
from invoicewatch.workers.protocol import Pool


def read_slowly(
    document: Document, tools: NoTools, memory: Memory, enter: Callable[[str], None]
) -> tuple[Invoice, ...]:
    """The record that was made for the document's number; it says when the work began and ended (Unix seconds)."""
    del tools, memory
    begun_s = time.time()
    enter("ocr")
    time.sleep(float(os.environ["HEAD_SLEEP_S"]))
    record: Invoice = pickle.loads((Path(os.environ["HEAD_RECORDS"]) / Path(document.path).stem).read_bytes())
    versions = {**record.versions, "begun": repr(begun_s), "done": repr(time.time())}
    return (replace(record, path=document.path, sha256=document.sha256, versions=versions),)


def start_pool(config: Config) -> Pool:
    """As many as the settings say, or the machines of the cluster that they name."""
    if config.cluster.scheduler:
        return choose.start_pool(config)
    return WorkerPool.start(config, count_workers(config), build=build_nothing, process=read_slowly)


if __name__ == "__main__":
    from benchmarks import head_daemon  # the workers find the functions by the name of a module

    config_file = Path(sys.argv[1])
    run_service(lambda: load_config(config_file).config, os.environ, make_pool=head_daemon.start_pool)
