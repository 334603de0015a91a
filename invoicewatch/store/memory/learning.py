"""The memory: learn from proved documents, load what was learned as one snapshot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields

from sqlmodel import Session, col, func, select

from invoicewatch.records import Invoice, Memory, SellerMemory
from invoicewatch.store.memory.lessons import find_lesson, fold_name
from invoicewatch.store.tables.memory import LessonRow, MemoryVersionRow, SellerMemoryRow

# A seller changes its bank or its layout: only the latest lessons say what is its habit.
_LATEST = 20
# A habit is what three of four of these show; where a seller does now this, now that, there is none.
_HABIT_SHARE = 0.75

_HABITS = tuple(each.name for each in fields(SellerMemory) if each.name not in {"name", "proofs"})


def load_memory(session: Session) -> Memory:
    """The snapshot of all that was learned until now; version 0 and empty on a new database."""
    rows = session.exec(select(SellerMemoryRow).order_by(SellerMemoryRow.seller_key)).all()
    sellers = tuple(
        SellerMemory(row.name, row.proofs, **{habit: getattr(row, habit) for habit in _HABITS}) for row in rows
    )
    return Memory(_read_version(session), sellers)


def learn(session: Session, invoice: Invoice) -> None:
    """Learn what ``invoice`` proves, in the caller's transaction.

    Learning the same document again, after a correction say, replaces its lesson; what is not proved teaches nothing.
    The memory's version grows if, and only if, something changed.
    """
    lesson = find_lesson(invoice)
    known = session.get(LessonRow, (invoice.sha256, invoice.part_number))
    if _same(known, lesson):
        return
    version = _read_version(session) + 1
    touched = {known.seller_key} if known is not None else set()
    if known is not None:
        session.delete(known)
        session.flush()
    if lesson is not None:
        row = _make_row(lesson, invoice, version)
        touched.add(row.seller_key)
        session.add(row)
    session.merge(MemoryVersionRow(version=version))
    for key in touched:
        _sum_up(session, key)


def unlearn(session: Session, sha256: str, part: int) -> None:
    """Take back what one document taught, in the caller's transaction."""
    known = session.get(LessonRow, (sha256, part))
    if known is not None:
        session.delete(known)
        session.merge(MemoryVersionRow(version=_read_version(session) + 1))
        _sum_up(session, known.seller_key)


def forget_seller(session: Session, key: str) -> int:
    """Take back all that documents of one seller taught; how many did. Later documents teach anew."""
    lessons = session.exec(select(LessonRow).where(LessonRow.seller_key == key)).all()
    for lesson in lessons:
        session.delete(lesson)
    if lessons:
        session.merge(MemoryVersionRow(version=_read_version(session) + 1))
        _sum_up(session, key)
    return len(lessons)


def _read_version(session: Session) -> int:
    row = session.get(MemoryVersionRow, 1)
    return row.version if row is not None else 0


def _same(row: LessonRow | None, lesson: SellerMemory | None) -> bool:
    if row is None or lesson is None:
        return row is None and lesson is None
    return row.name == lesson.name and all(getattr(row, habit) == getattr(lesson, habit) for habit in _HABITS)


def _make_row(lesson: SellerMemory, invoice: Invoice, version: int) -> LessonRow:
    habits = {habit: getattr(lesson, habit) for habit in _HABITS}
    return LessonRow(
        sha256=invoice.sha256,
        part=invoice.part_number,
        seller_key=fold_name(lesson.name),
        version=version,
        name=lesson.name,
        **habits,
    )


def _sum_up(session: Session, key: str) -> None:
    """Renew the sum of one seller's lessons; a seller without lessons is forgotten."""
    session.flush()
    mine = select(LessonRow).where(LessonRow.seller_key == key)
    latest = session.exec(mine.order_by(col(LessonRow.version).desc()).limit(_LATEST)).all()
    if not latest:
        forgotten = session.get(SellerMemoryRow, key)
        if forgotten is not None:
            session.delete(forgotten)
        return
    proofs = session.exec(select(func.count()).select_from(LessonRow).where(LessonRow.seller_key == key)).one()
    habits = {habit: _find_habit([getattr(row, habit) for row in latest]) for habit in _HABITS}
    session.merge(SellerMemoryRow(seller_key=key, proofs=proofs, name=latest[0].name, **habits))


def _find_habit(values: Sequence[str]) -> str:
    stated = Counter(value for value in values if value)
    if not stated:
        return ""
    value, count = stated.most_common(1)[0]
    return value if count >= _HABIT_SHARE * stated.total() else ""
