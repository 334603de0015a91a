"""Files through the workers, and what is kept of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from invoicewatch.cluster.choose import start_batch_pool
from invoicewatch.config import Config
from invoicewatch.records import Document, Invoice, Memory, Refusal
from invoicewatch.workers.batch import Batch
from invoicewatch.workers.interpreter import Interpreter
from invoicewatch.workers.pool import count_workers

_CLOSE_S = 5.0
Parts = tuple[Invoice, ...]
"""The records of one file: one, or one for each of its parts."""


class Keeper(Protocol):
    """What a batch asks of the store."""

    def find_known(self, document: Document) -> Parts:
        """The records that stand for a document without reading it; empty if it is to be read."""

    def keep(self, parts: Parts, document: Document) -> Parts:
        """Record what was read; the records as they were kept."""

    def load_memory(self) -> Memory:
        """What is proved so far."""

    def list_refused(self, document: Document) -> tuple[Refusal, ...]:
        """The edits that people refused in a document."""

    def get_ready(self) -> None:
        """Load what keeping needs; called when the first files are with the workers, and returns at once."""


def read_files(
    config: Config,
    files: Sequence[Path],
    open_keeper: Callable[[], AbstractContextManager[Keeper]],
    *,
    spread_pages: bool = False,
    ahead: Interpreter | None = None,
    meanwhile: Callable[[], None] = lambda: None,
) -> Iterator[Parts]:
    """The records of each file in the order of the files, as soon as they and all before them are there.

    Args:
        config: All settings.
        files: At least one. As many workers are started for them as pay.
        open_keeper: What is known, and what becomes of what is read; opened while the workers start.
        spread_pages: Where files are few, let each worker read several pages at once.
        ahead: An interpreter that was started before, for the first worker.
        meanwhile: Called once, when the first files are with the workers; never where there is nothing to read.

    Raises:
        ConfigError: The settings name something that does not exist.
        DependencyError: Something that every document needs is missing.
    """
    cores = count_workers(config)
    workers = min(cores, len(files))
    page_threads = max(1, cores // workers) if spread_pages else 1
    pool = start_batch_pool(config, workers, page_threads=page_threads, ahead=ahead)
    try:
        with open_keeper() as keeper:

            def get_ready() -> None:
                meanwhile()
                keeper.get_ready()

            yield from Batch(
                pool,
                files,
                config.intake.max_bytes,
                page_threads=page_threads,
                known=keeper.find_known,
                record=keeper.keep,
                memory=keeper.load_memory,
                refused=keeper.list_refused,
                get_ready=get_ready,
            ).run()
    finally:
        pool.close(_CLOSE_S)
