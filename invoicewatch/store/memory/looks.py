"""Looks: learn from a document how its seller's paper looks, and take it back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlmodel import col, delete, select

from invoicewatch.records import Invoice, Look, LookBook, Sketch
from invoicewatch.records.looks.identity import find_identity, recognise
from invoicewatch.store.memory.common import SketchedLesson, sum_up_look
from invoicewatch.store.memory.keys import LOOK_KEY, fold_name
from invoicewatch.store.memory.packing import pack, unpack
from invoicewatch.store.memory.teaching import find_teaching
from invoicewatch.store.tables.looks import LookLessonRow, LookMarkRow, LookRow, SketchRow
from invoicewatch.store.tables.record import InvoiceRow

if TYPE_CHECKING:
    from sqlmodel import Session

# A seller changes its layout: only the latest lessons say how its paper looks.
_LATEST = 20
_MOST_LOOKS = 6  # of one seller: a new one takes the place of the one that was met least lately


def load_looks(session: Session, known: LookBook, since: int) -> LookBook:
    """The looks as they are now; ``known`` are those of the memory's version ``since``, of which none was forgotten."""
    rows = session.exec(select(LookRow).where(LookRow.version > since)).all()
    return known.renewed(unpack(row.body, Look) for row in rows) if rows else known


def learn_look(session: Session, invoice: Invoice, version: int) -> bool:
    """Learn from a document how its seller's paper looks, in the caller's transaction; whether anything changed.

    What the document taught before is replaced. ``version`` is the memory's that this makes.
    """
    known = session.get(LookLessonRow, (invoice.sha256, invoice.part_number))
    sketch = invoice.sketch or _find_sketch(session, invoice) or (unpack(known.sketch, Sketch) if known else None)
    values = find_teaching(invoice)
    if sketch is None or not values or not sketch.marks:
        return unlearn_look(session, invoice.sha256, invoice.part_number, version)
    sketch = _name(sketch, values)
    row = LookLessonRow(
        sha256=invoice.sha256,
        part=invoice.part_number,
        look=0,
        version=version,
        known=json.dumps(values, sort_keys=True, ensure_ascii=False),
        sketch=pack(sketch),
    )
    if known is not None and (known.known, known.sketch) == (row.known, row.sketch):
        return False
    unlearn_look(session, invoice.sha256, invoice.part_number, version)
    row.look = _choose_look(session, sketch, version)
    session.add(row)
    _renew(session, row.look, version)
    return True


def unlearn_look(session: Session, sha256: str, part: int, version: int) -> bool:
    """Take back what one document taught of its seller's paper; whether there was anything."""
    known = session.get(LookLessonRow, (sha256, part))
    if known is None:
        return False
    session.delete(known)
    _renew(session, known.look, version)
    return True


def contradict_look(session: Session, sha256: str, part: int, names: Collection[str], version: int) -> bool:
    """Forget where the paper of one document's seller has these fields, but for what this document itself teaches.

    Whether anything was forgotten.
    """
    own = session.get(LookLessonRow, (sha256, part))
    if own is None or not names:
        return False
    others = session.exec(select(LookLessonRow).where(LookLessonRow.look == own.look)).all()
    changed = False
    for lesson in others:
        values = json.loads(lesson.known)
        if lesson is not own and not values.keys().isdisjoint(names):
            kept = {name: value for name, value in values.items() if name not in names}
            lesson.known = json.dumps(kept, sort_keys=True, ensure_ascii=False)
            session.add(lesson)
            changed = True
    if changed:
        _renew(session, own.look, version)
    return changed


def forget_looks(session: Session, looks: Iterable[int]) -> int:
    """Forget these looks with all their lessons; how many lessons."""
    count = 0
    for key in looks:
        lessons = session.exec(select(LookLessonRow).where(LookLessonRow.look == key)).all()
        count += len(lessons)
        for lesson in lessons:
            session.delete(lesson)
        _drop(session, key)
    return count


def list_looks(session: Session, seller_key: str) -> list[int]:
    """The looks whose confirmed seller has this folded name, or the one that an unnamed seller's key names."""
    if seller_key.startswith(LOOK_KEY):
        return [int(seller_key.removeprefix(LOOK_KEY))]
    bodies = (unpack(row.body, Look) for row in session.exec(select(LookRow)).all())
    return [look.key for look in bodies if look.seller and fold_name(look.seller) == seller_key]


def _find_sketch(session: Session, invoice: Invoice) -> Sketch | None:
    mine = select(InvoiceRow.id).where(InvoiceRow.sha256 == invoice.sha256, InvoiceRow.part == invoice.part_number)
    row = session.exec(select(SketchRow).where(col(SketchRow.invoice_id).in_(mine))).first()
    return unpack(row.sketch, Sketch) if row is not None else None


def _name(sketch: Sketch, values: Mapping[str, str]) -> Sketch:
    """The sketch with the confirmed name among its marks, instead of what was read for it."""
    if "seller_name" not in values:
        return sketch
    others = tuple(mark for mark in sketch.marks if not mark.startswith("name:"))
    return replace(sketch, marks=(*others, f"name:{fold_name(values['seller_name'])}"))


def _choose_look(session: Session, sketch: Sketch, version: int) -> int:
    """The number of the seller's look that the document has, a new one if it has none of them."""
    session.flush()
    mine = select(LookMarkRow.look).where(col(LookMarkRow.mark).in_(sketch.marks))
    rows = session.exec(select(LookRow).where(col(LookRow.id).in_(mine))).all()
    identity = find_identity(LookBook().renewed(unpack(row.body, Look) for row in rows), sketch)
    alike = recognise(identity, sketch)
    if alike is not None:
        return alike.look.key
    for each in sorted(identity, key=lambda one: -one.look.version)[_MOST_LOOKS - 1 :]:
        forget_looks(session, [each.look.key])
    row = LookRow(version=version, body=b"")
    session.add(row)
    session.flush()
    assert row.id is not None, "flushed rows have their number"
    return row.id


def _renew(session: Session, key: int, version: int) -> None:
    """Sum the latest lessons of a look up anew, and drop the older ones; a look without lessons is forgotten."""
    session.flush()
    mine = select(LookLessonRow).where(LookLessonRow.look == key)
    lessons = session.exec(mine.order_by(col(LookLessonRow.version).desc())).all()
    for old in lessons[_LATEST:]:
        session.delete(old)
    row = session.get(LookRow, key)
    if row is None or not lessons:
        _drop(session, key)
        return
    latest = [SketchedLesson(unpack(each.sketch, Sketch), json.loads(each.known)) for each in lessons[:_LATEST]]
    look = sum_up_look(key, version, latest)
    row.version, row.body = version, pack(look)
    session.add(row)
    session.exec(delete(LookMarkRow).where(col(LookMarkRow.look) == key))
    session.add_all(LookMarkRow(mark=mark, look=key) for mark in look.marks)
    session.flush()


def _drop(session: Session, key: int) -> None:
    session.exec(delete(LookMarkRow).where(col(LookMarkRow.look) == key))
    session.exec(delete(LookRow).where(col(LookRow.id) == key))
    note_forgotten(session)


def note_forgotten(session: Session) -> None:
    """Make whoever holds an older memory load it anew, as it has a look that is gone."""
    from invoicewatch.store.tables.memory import MemoryVersionRow

    row = session.get(MemoryVersionRow, 1) or MemoryVersionRow()
    row.forgotten = row.version + 1
    session.add(row)
    session.flush()
