"""The memory: learn from proved documents, load what was learned as one snapshot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from invoicewatch.records import Invoice, Memory, SellerMemory
from invoicewatch.store.database.session_rows import SessionRows
from invoicewatch.store.memory.keys import fold_name
from invoicewatch.store.memory.lessons import find_lesson
from invoicewatch.store.memory.looks import (
    contradict_look,
    forget_looks,
    learn_look,
    list_looks,
    unlearn_look,
)
from invoicewatch.store.memory.snapshot import HABITS, read_memory
from invoicewatch.store.memory.version import read_version, write_version
from invoicewatch.store.tables.inserting import RowValues, insert_rows
from invoicewatch.store.tables.memory import LessonRow, SellerMemoryRow

if TYPE_CHECKING:
    from sqlmodel import Session

# A seller changes its bank or its layout: only the latest lessons say what is its habit.
_LATEST = 20
# A habit is what three of four of these show; where a seller does now this, now that, there is none.
_HABIT_SHARE = 0.75


def load_memory(session: Session, known: Memory | None = None) -> Memory:
    """What `read_memory` reads, within a transaction."""
    return read_memory(SessionRows.open(session), known)


def learn(session: Session, invoice: Invoice) -> bool:
    """Learn what ``invoice`` proves, in the caller's transaction; whether that changed the memory.

    Learning the same document again, after a correction say, replaces its lesson; what is not proved teaches nothing.
    The memory's version grows if, and only if, something changed.
    """
    rows = SessionRows.open(session)
    version = read_version(rows).version + 1
    changed = _learn_habits(rows, invoice, version)
    changed |= learn_look(rows, invoice, version)
    if changed:
        write_version(rows, version)
    return changed


def contradict(session: Session, sha256: str, part: int, names: Collection[str]) -> bool:
    """Forget where a document's seller prints these fields: its look put them wrong, a person says.

    Whether there was anything to forget.
    """
    rows = SessionRows.open(session)
    version = read_version(rows).version + 1
    forgot = contradict_look(rows, sha256, part, names, version)
    if forgot:
        write_version(rows, version)
    return forgot


def unlearn(session: Session, sha256: str, part: int) -> None:
    """Take back what one document taught, in the caller's transaction."""
    rows = SessionRows.open(session)
    version = read_version(rows).version + 1
    known = _find_lesson_row(rows, sha256, part)
    if known is not None:
        _delete_lesson(rows, sha256, part)
        _sum_up(rows, known["seller_key"])
    if unlearn_look(rows, sha256, part, version) or known is not None:
        write_version(rows, version)


def forget_seller(session: Session, key: str) -> int:
    """Take back all that documents of one seller taught; how many did. Later documents teach anew."""
    rows = SessionRows.open(session)
    version = read_version(rows).version + 1
    lessons = rows.rows("SELECT sha256, part FROM lesson WHERE seller_key = ?", (key,))
    for lesson in lessons:
        _delete_lesson(rows, lesson["sha256"], lesson["part"])
        unlearn_look(rows, lesson["sha256"], lesson["part"], version)
    looks = forget_looks(rows, list_looks(rows, key))
    if lessons or looks:
        _sum_up(rows, key)
        write_version(rows, version)
    return max(len(lessons), looks)


def _learn_habits(rows: SessionRows, invoice: Invoice, version: int) -> bool:
    lesson = find_lesson(invoice)
    known = _find_lesson_row(rows, invoice.sha256, invoice.part_number)
    if _same(known, lesson):
        return False
    touched = {known["seller_key"]} if known is not None else set()
    _delete_lesson(rows, invoice.sha256, invoice.part_number)
    if lesson is not None:
        row = _make_row(lesson, invoice, version)
        touched.add(row["seller_key"])
        insert_rows(rows, LessonRow, [row])
    for key in touched:
        _sum_up(rows, key)
    return True


def _find_lesson_row(rows: SessionRows, sha256: str, part: int) -> Any | None:
    found = rows.rows("SELECT * FROM lesson WHERE sha256 = ? AND part = ?", (sha256, part))
    return found[0] if found else None


def _delete_lesson(rows: SessionRows, sha256: str, part: int) -> None:
    rows.execute("DELETE FROM lesson WHERE sha256 = ? AND part = ?", (sha256, part))


def _same(row: Any | None, lesson: SellerMemory | None) -> bool:
    if row is None or lesson is None:
        return row is None and lesson is None
    return bool(row["name"] == lesson.name) and all(row[habit] == getattr(lesson, habit) for habit in HABITS)


def _make_row(lesson: SellerMemory, invoice: Invoice, version: int) -> RowValues:
    habits = {habit: getattr(lesson, habit) for habit in HABITS}
    return {
        "sha256": invoice.sha256,
        "part": invoice.part_number,
        "seller_key": fold_name(lesson.name),
        "version": version,
        "name": lesson.name,
        **habits,
    }


def _sum_up(rows: SessionRows, key: str) -> None:
    """Renew the sum of one seller's lessons; a seller without lessons is forgotten."""
    rows.execute("DELETE FROM seller_memory WHERE seller_key = ?", (key,))
    latest = rows.rows("SELECT * FROM lesson WHERE seller_key = ? ORDER BY version DESC LIMIT ?", (key, _LATEST))
    if latest:
        proofs = rows.rows("SELECT count(*) FROM lesson WHERE seller_key = ?", (key,))[0][0]
        habits = {habit: _find_habit([row[habit] for row in latest]) for habit in HABITS}
        summed = {"seller_key": key, "proofs": proofs, "name": latest[0]["name"], **habits}
        insert_rows(rows, SellerMemoryRow, [summed])


def _find_habit(values: Sequence[str]) -> str:
    stated = Counter(value for value in values if value)
    if not stated:
        return ""
    value, count = stated.most_common(1)[0]
    return value if count >= _HABIT_SHARE * stated.total() else ""
