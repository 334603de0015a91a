"""The whole road over files that a person names."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from invoicewatch.answers.runs.batch import Keeper, Parts, read_files
from invoicewatch.answers.runs.shelf import open_shelf
from invoicewatch.config import Config
from invoicewatch.records import Document, Memory, Refusal

if TYPE_CHECKING:
    from invoicewatch.workers.interpreter import Interpreter


def process_files(
    config: Config,
    files: Sequence[Path],
    *,
    store: bool = True,
    again: bool = False,
    ahead: Interpreter | None = None,
    meanwhile: Callable[[], None] = lambda: None,
) -> Generator[Parts, None, None]:
    """The records of each file, in order, as they come; what cannot be read comes as a failed record.

    Close the iterator if you leave it early: it holds workers and the database.

    Args:
        config: All settings.
        files: At least one; none is moved, changed or deleted.
        store: Record what is read, and use what is recorded.
        again: Read documents again that are recorded already; without it they come as duplicates.
        ahead: An interpreter that was started before, for the first worker.
        meanwhile: Called once, when the first files are with the workers; never where there is nothing to read.

    Raises:
        ConfigError: The settings name something that does not exist.
        DependencyError: Something that every document needs is missing.
        StoreError: The database cannot be opened or written.
    """

    def open_keeper() -> AbstractContextManager[Keeper]:
        return open_shelf(Path(config.paths.state), again=again) if store else nullcontext(_Nowhere())

    yield from read_files(config, files, open_keeper, spread_pages=True, ahead=ahead, meanwhile=meanwhile)


class _Nowhere:
    """Nothing is known and nothing is kept."""

    def find_known(self, _document: Document) -> Parts:
        return ()

    def keep(self, parts: Parts, _document: Document) -> Parts:
        return parts

    def load_memory(self) -> Memory:
        return Memory()

    def list_refused(self, _document: Document) -> tuple[Refusal, ...]:
        return ()

    def get_ready(self) -> None:
        """There is nothing to do."""
