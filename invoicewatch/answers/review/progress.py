"""A review that is kept answer by answer: what is still open, when a record is settled, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from invoicewatch.answers.review.questions import close_review, list_questions
from invoicewatch.answers.review.waiting import list_waiting
from invoicewatch.records import Status
from invoicewatch.records.attention.question import STATUS, Question, ask, list_needed
from invoicewatch.store.database.reader import ask as ask_rows
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.database.sql import list_values, sql
from invoicewatch.store.records.effective import latest_entries
from invoicewatch.store.records.entries import Entry
from invoicewatch.store.records.query import HumanEntry, StoredInvoice, parse_value


def list_open(stored: StoredInvoice) -> list[Question]:
    """The questions about a record that nobody has answered; if it waits without one, whether it is fine as it is."""
    answered = latest_entries(stored.entries)
    questions = [question for question in list_questions(stored.invoice) if question.name not in answered]
    if stored.invoice.status is Status.NEEDS_REVIEW and not _list_needed(stored):
        questions.append(ask(STATUS, None, "; ".join(stored.invoice.reasons)))
    return questions


def list_settling(stored: StoredInvoice) -> list[str]:
    """The names of the open questions that settle the record once all of them are answered."""
    if stored.invoice.status is not Status.NEEDS_REVIEW:
        return []
    return [question.name for question in _list_needed(stored)] or [STATUS]


def close_answers(stored: StoredInvoice, answers: Mapping[str, Entry]) -> dict[str, Entry]:
    """The answers as they are kept; where they settle the record together with those of before, it is accepted."""
    needed = _list_needed(stored)
    if not needed and stored.invoice.status is Status.NEEDS_REVIEW:
        return dict(answers)
    return close_review(needed, answers)


def take_back(stored: StoredInvoice, names: Iterable[str]) -> dict[str, Entry]:
    """Entries after which the last one about each of these fields counts no more, and the one before it does again."""
    return {name: _restore([entry for entry in stored.entries if entry.name == name][:-1]) for name in names}


def list_waiting_last(state_dir: Path, later: Sequence[int] = ()) -> list[int]:
    """The numbers of all records that need a review, those that were put off coming last, in that order."""
    waiting = list_waiting(state_dir)
    last = dict.fromkeys(later)
    there = set(waiting)
    return [*(number for number in waiting if number not in last), *(number for number in last if number in there)]


def list_queued(state_dir: Path) -> list[int]:
    """The numbers of the records that will be judged again because of an answer about their seller."""
    with open_reader(state_dir) as reader:
        return [row["invoice_id"] for row in reader.rows("SELECT invoice_id FROM judge_again ORDER BY invoice_id")]


def list_settled(state_dir: Path, numbers: Sequence[int]) -> list[int]:
    """Which of these records need no review (any more)."""
    query = sql(
        "SELECT id FROM invoice WHERE id IN ({numbers}) AND status != 'needs_review' ORDER BY id",
        numbers=list_values(numbers),
    )
    with open_reader(state_dir) as reader:
        return [row["id"] for row in ask_rows(reader, query)]


def _list_needed(stored: StoredInvoice) -> list[Question]:
    answered = latest_entries(stored.entries)
    return [question for question in list_needed(stored.invoice) if question.name not in answered]


def _restore(earlier: Sequence[HumanEntry]) -> Entry:
    if not earlier or earlier[-1].withdrawn:
        return Entry(withdrawn=True)
    last = earlier[-1]
    return Entry(None if last.value is None else parse_value(last.kind, last.value))
