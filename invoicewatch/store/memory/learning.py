"""The memory: learn from proved documents, load what was learned as one snapshot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import fields

from sqlmodel import Session, col, func, select

from invoicewatch.records import Invoice, Memory, SellerMemory
from invoicewatch.store.database.session_rows import SessionRows
from invoicewatch.store.memory.keys import fold_name
from invoicewatch.store.memory.lessons import find_lesson
from invoicewatch.store.memory.looks import (
    contradict_look,
    forget_looks,
    learn_look,
    list_looks,
    load_looks,
    unlearn_look,
)
from invoicewatch.store.memory.office import find_office
from invoicewatch.store.tables.memory import LessonRow, MemoryVersionRow, SellerMemoryRow

# A seller changes its bank or its layout: only the latest lessons say what is its habit.
_LATEST = 20
# A habit is what three of four of these show; where a seller does now this, now that, there is none.
_HABIT_SHARE = 0.75

_HABITS = tuple(each.name for each in fields(SellerMemory) if each.name not in {"name", "proofs"})


def load_memory(session: Session, known: Memory | None = None) -> Memory:
    """The snapshot of all that was learned until now; version 0 and empty on a new database.

    ``known`` is an earlier snapshot of the same database: only what changed since is read, and it is returned itself
    where nothing did.
    """
    state = session.get(MemoryVersionRow, 1) or MemoryVersionRow()
    if known is not None and known.version == state.version:
        return known
    rows = session.exec(select(SellerMemoryRow).order_by(SellerMemoryRow.seller_key)).all()
    sellers = tuple(
        SellerMemory(row.name, row.proofs, **{habit: getattr(row, habit) for habit in _HABITS}) for row in rows
    )
    older = known if known is not None and state.forgotten <= known.version <= state.version else Memory()
    office = find_office(SessionRows.open(session))
    looks = load_looks(session, older.looks, older.version)
    return Memory(state.version, sellers, looks, (office.name,) if office else ())


def learn(session: Session, invoice: Invoice) -> bool:
    """Learn what ``invoice`` proves, in the caller's transaction; whether that changed the memory.

    Learning the same document again, after a correction say, replaces its lesson; what is not proved teaches nothing.
    The memory's version grows if, and only if, something changed.
    """
    version = _read_version(session) + 1
    changed = _learn_habits(session, invoice, version)
    changed |= learn_look(session, invoice, version)
    if changed:
        _write_version(session, version)
    return changed


def contradict(session: Session, sha256: str, part: int, names: Collection[str]) -> bool:
    """Forget where a document's seller prints these fields: its look put them wrong, a person says.

    Whether there was anything to forget.
    """
    version = _read_version(session) + 1
    forgot = contradict_look(session, sha256, part, names, version)
    if forgot:
        _write_version(session, version)
    return forgot


def unlearn(session: Session, sha256: str, part: int) -> None:
    """Take back what one document taught, in the caller's transaction."""
    version = _read_version(session) + 1
    known = session.get(LessonRow, (sha256, part))
    if known is not None:
        session.delete(known)
        _sum_up(session, known.seller_key)
    if unlearn_look(session, sha256, part, version) or known is not None:
        _write_version(session, version)


def forget_seller(session: Session, key: str) -> int:
    """Take back all that documents of one seller taught; how many did. Later documents teach anew."""
    version = _read_version(session) + 1
    lessons = session.exec(select(LessonRow).where(LessonRow.seller_key == key)).all()
    for lesson in lessons:
        session.delete(lesson)
        unlearn_look(session, lesson.sha256, lesson.part, version)
    looks = forget_looks(session, list_looks(session, key))
    if lessons or looks:
        _sum_up(session, key)
        _write_version(session, version)
    return max(len(lessons), looks)


def _learn_habits(session: Session, invoice: Invoice, version: int) -> bool:
    lesson = find_lesson(invoice)
    known = session.get(LessonRow, (invoice.sha256, invoice.part_number))
    if _same(known, lesson):
        return False
    touched = {known.seller_key} if known is not None else set()
    if known is not None:
        session.delete(known)
        session.flush()
    if lesson is not None:
        row = _make_row(lesson, invoice, version)
        touched.add(row.seller_key)
        session.add(row)
    for key in touched:
        _sum_up(session, key)
    return True


def _read_version(session: Session) -> int:
    row = session.get(MemoryVersionRow, 1)
    return row.version if row is not None else 0


def _write_version(session: Session, version: int) -> None:
    row = session.get(MemoryVersionRow, 1) or MemoryVersionRow()
    row.version = version
    session.add(row)


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
