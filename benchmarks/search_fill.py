"""Fill a database with invented invoices through the store's own tables and index, in large transactions."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from benchmarks.search_corpus import Corpus, Paper
from invoicewatch.store.database.writer import Database, open_database
from invoicewatch.store.index.full_text import IndexEntry, add_entries
from invoicewatch.store.records.invoices import fold_key
from invoicewatch.store.tables.items import InvoiceLineRow
from invoicewatch.store.tables.record import FieldRow, InvoiceRow, RunRow, TextRow

if TYPE_CHECKING:
    from pathlib import Path

BATCH = 2_000
_E_INVOICES = 5  # one of so many
_START = datetime(2020, 1, 1, tzinfo=UTC)
_EVIDENCE = {"confidence": 0.97, "verified": True, "page": 1, "x0": 0.1, "y0": 0.2, "x1": 0.3, "y1": 0.25}
_VERSIONS = '{"engine": "tesseract 5.3.0 eng+deu+fra", "memory": "17", "program": "0.1.0"}'
_TIMINGS = '{"load_s": 0.1, "ocr_s": 0.9, "correct_s": 0.4, "extract_s": 0.02, "total_s": 1.5}'


def fill_up(folder: Path, corpus: Corpus, size: int, goods: int) -> float:
    """Bring the database of a state directory to ``size`` papers; milliseconds for each that was added."""
    database = open_database(folder)
    with database.begin() as session:
        have = int(session.connection().exec_driver_sql("SELECT coalesce(max(id), 0) FROM invoice").scalar_one())
    started = time.perf_counter()
    fill(database, corpus, have + 1, size + 1, folder / "texts.tsv", goods)
    taken = time.perf_counter() - started
    database.close()
    return 1000 * taken / max(1, size - have)


def fill(database: Database, corpus: Corpus, first: int, last: int, dump: Path, goods: int = 10) -> None:
    """Add the papers ``first`` up to ``last``, and their texts to ``dump``, one a line, for grep.

    Each has as many ``goods``; of one in five they are stated by an e-invoice and stand in no text.
    """
    with dump.open("a", encoding="utf-8") as lines:
        for start in range(first, last, BATCH):
            papers = {number: corpus.make(number) for number in range(start, min(start + BATCH, last))}
            _add(database, corpus, papers, goods)
            lines.writelines(f"{number}\t{' '.join(paper.text.split())}\n" for number, paper in papers.items())


def _add(database: Database, corpus: Corpus, papers: Mapping[int, Paper], goods: int) -> None:
    names = {number: _list_goods(corpus, number, paper, goods) for number, paper in papers.items()}
    with database.begin() as session:
        run = session.connection().execute
        run(insert(InvoiceRow), [_invoice(number, paper) for number, paper in papers.items()])
        run(insert(RunRow), [_run(number) for number in papers])
        run(insert(TextRow), [_text(number, paper) for number, paper in papers.items()])
        run(insert(FieldRow), [row for number, paper in papers.items() for row in _fields(number, paper)])
        if goods:
            run(insert(InvoiceLineRow), [row for number in papers for row in _lines(number, names[number])])
        entries = {number: _entry(number, paper, names[number]) for number, paper in papers.items()}
        add_entries(session.connection(), entries)


def _list_goods(corpus: Corpus, number: int, paper: Paper, count: int) -> tuple[str, ...]:
    if number % _E_INVOICES == 0:
        return tuple(corpus.goods[(number * 7_919 + n) % len(corpus.goods)] for n in range(count))
    return tuple(islice(cycle(paper.goods), count))


def _lines(number: int, goods: Sequence[str]) -> Iterator[dict[str, Any]]:
    source = "e-invoice" if number % _E_INVOICES == 0 else "ocr"
    for position, name in enumerate(goods):
        yield {
            "invoice_id": number, "position": position, "description": name, "quantity": "2", "unit": "pcs",
            "unit_price": "12.50", "net": "25.00", "gross": None, "rate": "19", "source": source, "verified": True,
            "page": 1, "x0": 0.1, "y0": 0.2, "x1": 0.9, "y1": 0.25, "path": "",
        }  # fmt: skip


def _invoice(number: int, paper: Paper) -> dict[str, Any]:
    name = _file_name(number)
    return {
        "id": number, "sha256": hashlib.sha256(str(number).encode()).hexdigest(), "path": f"/srv/inbox/{name}",
        "file_name": name, "inbox": "/srv/inbox", "stored_path": f"/srv/archive/2024/03/{name}",
        "media_type": "application/pdf", "status": "needs_review" if number % 50 == 0 else "accepted",
        "arrived": _START + timedelta(minutes=number), "run": 1, "page_count": 1, "seller_name": paper.seller,
        "seller_key": fold_key(paper.seller), "invoice_number": paper.number, "issue_date": paper.issued.isoformat(),
        "due_date": paper.due.isoformat(), "currency": paper.currency, "total": paper.total,
        "verified": number % 50 != 0,
    }  # fmt: skip


def _run(number: int) -> dict[str, Any]:
    return {
        "invoice_id": number, "recorded": _START + timedelta(minutes=number), "status": "accepted",
        "engine": "tesseract 5.3.0 eng+deu+fra", "model": "small.gguf", "page_sizes": "[[1240, 1754, 150]]",
        "reasons": "[]", "notes": "[]", "versions": _VERSIONS, "timings": _TIMINGS,
    }  # fmt: skip


def _text(number: int, paper: Paper) -> dict[str, Any]:
    return {"invoice_id": number, "raw": paper.text, "enhanced": None, "enhanced_is_raw": True}


def _fields(number: int, paper: Paper) -> Iterator[dict[str, Any]]:
    values = {
        "seller_name": ("text", paper.seller), "invoice_number": ("text", paper.number),
        "issue_date": ("date", paper.issued.isoformat()), "due_date": ("date", paper.due.isoformat()),
        "currency": ("text", paper.currency), "net_total": ("money", str(paper.total)),
        "total": ("money", str(paper.total)),
    }  # fmt: skip
    for name, (kind, value) in values.items():
        yield {
            "invoice_id": number, "name": name, "kind": kind, "value": value, **_EVIDENCE,
            "amount": paper.total if kind == "money" else None, "source": "ocr", "text": f"Total Due: {value}",
            "method": "beside its label", "alternatives": "[]",
        }  # fmt: skip


def _entry(number: int, paper: Paper, goods: tuple[str, ...]) -> IndexEntry:
    values = (
        paper.currency,
        paper.due.isoformat(),
        paper.issued.isoformat(),
        paper.number,
        paper.seller,
        str(paper.total),
    )
    return IndexEntry(paper.seller, paper.number, _file_name(number), values, paper.text, None, goods)


def _file_name(number: int) -> str:
    return f"scan-{number:07d}.pdf"
