"""The real daemon with workers that do nothing, for ``load.py``: what is left is the intake's own cost."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from invoicewatch.config import Config, load_config
from invoicewatch.daemon.service import run_service
from invoicewatch.records import Document, Invoice, Memory, Status
from invoicewatch.workers.pool import WorkerPool, count_workers


class NoTools:
    """Tools for workers that do nothing."""

    model_state = "off"

    def warm(self, before: Callable[[], None], *, now: bool) -> None:
        """Nothing takes long."""

    def unload_if_idle(self, now_s: float) -> None:
        """Nothing was loaded."""

    def close(self) -> None:
        """Nothing is held."""


def build_nothing(config: Config, *, use_model: bool, page_threads: int) -> NoTools:
    """Make the tools."""
    del config, use_model, page_threads
    return NoTools()


def read_nothing(
    document: Document, tools: NoTools, memory: Memory, enter: Callable[[str], None]
) -> tuple[Invoice, ...]:
    """An accepted record without a text."""
    del tools, memory, enter
    return (Invoice(document.path, document.sha256, document.media_type, Status.ACCEPTED),)


def start_pool(config: Config) -> WorkerPool:
    """As many as the real daemon would start."""
    return WorkerPool.start(config, count_workers(config), build=build_nothing, process=read_nothing)


if __name__ == "__main__":
    # The workers must find the functions above by the name of a module, not as __main__'s.
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from benchmarks import load_daemon

    config_file = Path(sys.argv[1])
    run_service(lambda: load_config(config_file).config, os.environ, make_pool=load_daemon.start_pool)
