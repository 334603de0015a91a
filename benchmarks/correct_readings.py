"""The readings that ``benchmarks/correct.py`` corrects: made once by the real engines, and kept if asked for."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from invoicewatch.config.settings import Config, OcrSettings
from invoicewatch.pipeline import Evidence
from invoicewatch.records import Document, Memory, Reading
from invoicewatch.wiring import Toolbox, build_tools


def read_all(folder: Path, names: Sequence[str], kept: Path | None, second: str) -> dict[str, tuple[Reading, ...]]:
    """Every document's readings by file name.

    Args:
        folder: Where the images are.
        names: Their names.
        kept: A file of earlier readings, to use and to add to.
        second: ``[ocr] second_opinion``.
    """
    found: dict[str, tuple[Reading, ...]] = pickle.loads(kept.read_bytes()) if kept and kept.exists() else {}
    missing = [name for name in names if name not in found]
    if missing:
        tools = build_tools(Config(ocr=OcrSettings(second_opinion=second)), use_model=False)
        for name in missing:
            path = folder / name
            found[name] = read_document(tools, Document(str(path), path.read_bytes(), "", "", datetime.now(UTC)))
        if kept:
            kept.write_bytes(pickle.dumps(found))
    return {name: found[name] for name in names}


def read_document(tools: Toolbox, document: Document) -> tuple[Reading, ...]:
    """As the pipeline reads it: the first engine, then the second where something is in doubt."""
    pages = tools.open_pages(document)
    read = [tools.read_page(pages, number) for number in range(1, len(pages.sizes) + 1)]
    readings = tuple(page.reading for page in read)
    codes = tuple(code for page in read for code in page.codes)
    fields = tools.find_fields(Evidence(readings, pages.attachments, codes=codes), Memory(), document.arrived.date())
    doubts = tools.find_doubts(fields, readings)
    if doubts:
        read = [tools.read_again(pages, page, doubts) for page in read]
    pages.close()
    return tuple(page.reading for page in read)
