"""A clerk who answers with the truth what is asked, and nothing else; what came of every document."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.attention.road import ReplayTools, make_tools, replay
from benchmarks.attention.stream import Arrival
from invoicewatch.config import Config
from invoicewatch.config.settings import OfficeSettings
from invoicewatch.records import Invoice, Memory, Status, format_value
from invoicewatch.records.as_json import question_to_json
from invoicewatch.records.attention.question import STATUS, list_needed
from invoicewatch.records.typed import parse_typed
from invoicewatch.store.database.writer import Database, open_database
from invoicewatch.store.memory.learning import load_memory
from invoicewatch.store.records.entries import Entry, enter_values
from invoicewatch.store.records.recording import record_parts

DECISIVE = ("total", "issue_date")
NEW_LAYOUT = "looks otherwise"  # what a reason or a note says of a paper that is not its seller's usual one
_NOW = datetime(2026, 11, 28, tzinfo=UTC)


@dataclass(frozen=True)
class Outcome:
    """What became of one document: what was asked, and whether the machine accepted it, and wrongly."""

    nth: int
    form: str
    asked: tuple[str, ...]
    accepted: bool
    wrong: tuple[str, ...]
    alarms: tuple[str, ...]
    layout_noticed: bool
    changed: bool
    moved: bool
    shows_account: bool


def work_through(stream: Iterable[Arrival], *, remembers: bool, office: tuple[str, ...] = ()) -> list[Outcome]:
    """Every document down the road and into a database of its own, then the clerk's answers.

    Without the memory nothing is learned from; earlier records are there either way. ``office`` are the names of who
    receives the documents.
    """
    tools = make_tools(msgspec.structs.replace(Config(), office=OfficeSettings(names=office)))
    with tempfile.TemporaryDirectory(prefix="invoicewatch-attention-") as folder:
        database = open_database(Path(folder))
        try:
            return [_take(arrival, tools, database, remembers=remembers) for arrival in stream]
        finally:
            database.close()


def _take(arrival: Arrival, tools: ReplayTools, database: Database, *, remembers: bool) -> Outcome:
    memory = Memory()
    if remembers:
        with database.begin() as session:
            memory = load_memory(session)
    invoice = replay(arrival, tools, memory, _NOW)
    with database.begin() as session:
        ((number, kept),) = record_parts(session, [invoice], arrived=_NOW)
    answers = find_answers(kept, arrival)
    if answers:
        with database.begin() as session:
            enter_values(session, number, answers, who="clerk", when=_NOW)
    return describe(kept, arrival)


def find_answers(record: Invoice, arrival: Arrival) -> dict[str, Entry]:
    """The truth for each question; a kind that may be called either is confirmed as it is."""
    answers = {}
    for question in map(question_to_json, list_needed(record)):
        name, value = question["field"], question["value"]
        truth = arrival.fields.get(name)
        if name == STATUS:
            continue
        if value is not None and (arrival.is_right(name, value) or name not in arrival.fields):
            field = record.fields[name]
            answers[name] = Entry(field.value if field else None)
        else:
            answers[name] = Entry(parse_typed(name, truth) if truth is not None else None)
    return {**answers, STATUS: Entry(str(Status.ACCEPTED))} if record.status is Status.NEEDS_REVIEW else {}


def describe(record: Invoice, arrival: Arrival) -> Outcome:
    """What is counted of a document."""
    accepted = record.status is Status.ACCEPTED
    return Outcome(
        nth=arrival.nth,
        form=arrival.form,
        asked=tuple(question.name for question in list_needed(record)),
        accepted=accepted,
        wrong=tuple(name for name in DECISIVE if accepted and not _is_right(record, arrival, name)),
        alarms=tuple(str(alarm.code) for alarm in record.alarms),
        layout_noticed=any(NEW_LAYOUT in words for words in (*record.reasons, *record.notes)),
        changed=arrival.changed,
        moved=arrival.moved,
        shows_account=bool(arrival.fields.get("iban")),
    )


def _is_right(record: Invoice, arrival: Arrival, name: str) -> bool:
    field = record.fields.get(name)
    if arrival.fields.get(name) is None:
        return True  # the pages do not show it: nothing to be wrong about
    return field is not None and arrival.is_right(name, format_value(field.value))


def as_rows(outcomes: Iterable[Outcome]) -> list[Mapping[str, Any]]:
    """For a file of JSON."""
    return [asdict(outcome) for outcome in outcomes]
