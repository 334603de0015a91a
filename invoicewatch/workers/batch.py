"""Run a list of files through the pool and give back their records in the order of the files."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from invoicewatch.errors import ConfigError, DependencyError, DocumentError, InvoicewatchError
from invoicewatch.records import Document, Failure, Invoice, Memory, Refusal, Status
from invoicewatch.workers.inputs import read_document
from invoicewatch.workers.protocol import Pool
from invoicewatch.workers.task import Outcome, Task

Records = tuple[Invoice, ...]

POLL_S = 0.5
MAX_CRASHES = 2


@dataclass(slots=True)
class Batch:
    """A list of files on its way.

    A file has one record, or one for each of its parts. ``known`` looks a document up by its sha256 among what is
    already recorded; ``record`` keeps records that were just made and returns them as they were kept; ``memory`` gives
    what is proved so far, ``refused`` the edits that people refused in a document. ``get_ready`` is called once, when
    the first files are with the workers.
    """

    pool: Pool
    files: Sequence[Path]
    max_bytes: int
    page_threads: int = 1
    known: Callable[[Document], Records] = lambda _: ()
    record: Callable[[Records, Document], Records] = lambda records, _document: records
    memory: Callable[[], Memory] = Memory
    refused: Callable[[Document], tuple[Refusal, ...]] = lambda _: ()
    get_ready: Callable[[], None] = lambda: None
    _done: dict[int, Records] = field(default_factory=dict)
    _flying: dict[str, tuple[Task, int]] = field(default_factory=dict)
    _twins: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    _first: dict[str, Records] = field(default_factory=dict)
    _sizes: Counter[int] = field(default_factory=Counter)
    _waiting: deque[tuple[int, Path]] = field(default_factory=deque)
    _waited: bool = False

    def run(self) -> Iterator[Records]:
        """Process the files; the records of each are yielded as soon as they and all before them are there.

        Raises:
            ConfigError: The settings name something that does not exist.
            DependencyError: Something that every document needs is missing.
        """
        waiting = self._waiting
        waiting.extend(enumerate(self.files))
        self._sizes = Counter(_find_size(path) for path in self.files)
        for number in range(len(self.files)):
            while number not in self._done:
                while waiting and self.pool.room:
                    self._begin(*waiting.popleft())
                if number not in self._done:
                    self._wait()
            yield self._done.pop(number)

    def _wait(self) -> None:
        if not self._waited:
            self._waited = True
            self.get_ready()
        for outcome in self.pool.poll(POLL_S):
            self._finish(outcome)

    def _begin(self, number: int, path: Path) -> None:
        try:
            document = read_document(path, self.max_bytes)
        except InvoicewatchError as exc:
            failure = Failure(exc.code, exc.message, exc.remedy)
            self._done[number] = (Invoice(str(path), "", "", Status.FAILED, error=failure),)
            return
        sha256 = document.sha256
        if sha256 in self._first:
            self._done[number] = _as_duplicates(self._first[sha256], document.path)
        elif sha256 in self._twins:
            self._twins[sha256].append((number, document.path))
        elif known := self.known(document):
            self._done[number] = _as_duplicates(known, document.path)
        else:
            self._twins[sha256] = []
            memory, refused = self.memory(), self.refused(document)
            task = Task(str(number), document, memory, page_threads=self.page_threads, refused=refused)
            self._submit(number, task, 0)

    def _submit(self, number: int, task: Task, crashes: int) -> None:
        self._flying[str(number)] = (task, crashes)
        self.pool.submit(task)

    def _finish(self, outcome: Outcome) -> None:
        task, crashes = self._flying.pop(outcome.key)
        number, document = int(outcome.key), task.document
        if outcome.crashed and crashes + 1 < MAX_CRASHES:
            again = task.without_model() if outcome.model_crashed else task
            self._submit(number, again, crashes + 1)
            return
        if not self._flying and not self._waiting:
            self.pool.let_go()  # they end while the last record is kept
        assert isinstance(document, Document), "a batch sends documents whole"
        if outcome.invoices:
            records = self._keep(outcome.invoices, document)
        else:
            failure = outcome.failure
            if failure and outcome.exit_code > DocumentError.exit_code:
                kind = ConfigError if outcome.exit_code == ConfigError.exit_code else DependencyError
                raise kind(failure.message, remedy=failure.remedy, code=failure.code)
            records = (_make_failed(document, failure),)
        self._done[number] = records
        if self._sizes[len(document.content)] > 1:  # only then may a twin come; records of thousands of files are much
            self._first[document.sha256] = records
        for twin, path in self._twins.pop(document.sha256):
            self._done[twin] = _as_duplicates(records, path)

    def _keep(self, records: Records, document: Document) -> Records:
        """Record them; what cannot be recorded as it is now has failed, and what it had before stays."""
        try:
            return self.record(records, document)
        except DocumentError as exc:
            return (_make_failed(document, Failure(exc.code, exc.message, exc.remedy)),)


def _make_failed(document: Document, failure: Failure | None) -> Invoice:
    return Invoice(document.path, document.sha256, document.media_type, Status.FAILED, error=failure)


def _find_size(path: Path) -> int:
    """In bytes; -1 for what cannot be looked at, of which its own reading will tell."""
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _as_duplicates(records: Records, path: str) -> Records:
    return tuple(_as_duplicate(invoice, path) for invoice in records)


def _as_duplicate(invoice: Invoice, path: str) -> Invoice:
    """The same bytes under another name: the first one's record, said to be a duplicate; a failure stays one."""
    if invoice.status is not Status.FAILED or invoice.error is None:
        return replace(invoice, path=path, status=Status.DUPLICATE)
    message = invoice.error.message.replace(PurePath(invoice.path).name, PurePath(path).name)
    return replace(invoice, path=path, error=replace(invoice.error, message=message))
