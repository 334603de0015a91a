"""What goes to a worker, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from invoicewatch.records import Document, Failure, Invoice, Memory, Refusal

MODEL_STAGE = "correct"


@dataclass(frozen=True, slots=True)
class SpooledFile:
    """A document whose bytes the worker reads itself, so that they need not travel through a pipe.

    ``path`` is the original's path, which the record names; ``file`` is where the bytes are. ``arrived`` is
    timezone-aware UTC.
    """

    path: str
    file: Path
    sha256: str
    media_type: str
    arrived: datetime

    def read(self) -> Document:
        """The document with its bytes. Raises OSError."""
        return Document(self.path, self.file.read_bytes(), self.sha256, self.media_type, self.arrived)


@dataclass(frozen=True, slots=True)
class Task:
    """One document to process.

    ``key`` is the caller's name for it and comes back in the outcome. ``notes`` are added to the record's notes. A
    record with its readings in place of a document is judged again, and nothing is read. ``refused`` are the edits that
    people refused in the document.
    """

    key: str
    document: Document | SpooledFile | Invoice
    memory: Memory
    use_model: bool = True
    page_threads: int = 1
    notes: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()

    def without_memory(self) -> Task:
        """The same task with an empty memory, for a worker that has it already."""
        return replace(self, memory=Memory())

    def without_model(self) -> Task:
        """The same task for the attempt after a crash in the model; its record will say so."""
        note = "corrected without the model: a worker died in it on an earlier attempt"
        return replace(self, use_model=False, notes=(*self.notes, note))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: either ``invoices`` (one, or one for each part of the file) or ``failure`` is there.

    ``transient``: a later attempt may succeed. ``crashed``: the worker died, hung past its time limit or ran out of
    memory, at ``stage`` (``load``, ``ocr``, ``correct``, ``extract``); ``model_busy``: the model was at work or being
    loaded then. ``exit_code`` is the class of a failure as the command line reports it (3: a dependency is missing,
    and every other document will fail alike). ``detail`` is the traceback of an error nobody expected, for the log.
    """

    key: str
    invoices: tuple[Invoice, ...] = ()
    failure: Failure | None = None
    transient: bool = False
    crashed: bool = False
    stage: str = ""
    model_busy: bool = False
    worker_pid: int = 0
    exit_code: int = 0
    detail: str = ""

    @property
    def invoice(self) -> Invoice | None:
        """The record, the first part's where there are several; None for a failure."""
        return self.invoices[0] if self.invoices else None

    @property
    def model_crashed(self) -> bool:
        """Whether the worker may have died in the model, so that the next attempt should go without it."""
        return self.crashed and self.model_busy
