"""Looks: learn from a document how its seller's paper looks, and take it back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from invoicewatch.records import Invoice, Look, LookBook, Sketch
from invoicewatch.records.as_json import make_encodable
from invoicewatch.records.looks.identity import find_identity, recognise
from invoicewatch.store.database.reader import ask
from invoicewatch.store.database.sql import list_values, sql
from invoicewatch.store.memory.common import SketchedLesson, sum_up_look
from invoicewatch.store.memory.keys import LOOK_KEY, fold_name
from invoicewatch.store.memory.packing import pack, unpack
from invoicewatch.store.memory.teaching import find_teaching
from invoicewatch.store.memory.version import note_forgotten
from invoicewatch.store.tables.inserting import insert_row
from invoicewatch.store.tables.looks import LookRow

if TYPE_CHECKING:
    from invoicewatch.store.database.session_rows import SessionRows

# A seller changes its layout: only the latest lessons say how its paper looks.
_LATEST = 20
_MOST_LOOKS = 6  # of one seller: a new one takes the place of the one that was met least lately


def learn_look(rows: SessionRows, invoice: Invoice, version: int) -> bool:
    """Learn from a document how its seller's paper looks, in the caller's transaction; whether anything changed.

    What the document taught before is replaced. ``version`` is the memory's that this makes.
    """
    known = _find_lesson(rows, invoice.sha256, invoice.part_number)
    sketch = invoice.sketch or _find_sketch(rows, invoice) or (unpack(known["sketch"], Sketch) if known else None)
    values = find_teaching(invoice)
    if sketch is None or not values or not sketch.marks:
        return unlearn_look(rows, invoice.sha256, invoice.part_number, version)
    sketch = _name(sketch, values)
    taught, packed = _dump(values), pack(sketch)
    if known is not None and (known["known"], known["sketch"]) == (taught, packed):
        return False
    unlearn_look(rows, invoice.sha256, invoice.part_number, version)
    look = _choose_look(rows, sketch, version)
    rows.execute(
        "INSERT INTO look_lesson (sha256, part, look, version, known, sketch) VALUES (?, ?, ?, ?, ?, ?)",
        (invoice.sha256, invoice.part_number, look, version, taught, packed),
    )
    _renew(rows, look, version)
    return True


def unlearn_look(rows: SessionRows, sha256: str, part: int, version: int) -> bool:
    """Take back what one document taught of its seller's paper; whether there was anything."""
    known = _find_lesson(rows, sha256, part)
    if known is None:
        return False
    _delete_lesson(rows, sha256, part)
    _renew(rows, known["look"], version)
    return True


def contradict_look(rows: SessionRows, sha256: str, part: int, names: Collection[str], version: int) -> bool:
    """Forget where the paper of one document's seller has these fields, but for what this document itself teaches.

    Whether anything was forgotten.
    """
    own = _find_lesson(rows, sha256, part)
    if own is None or not names:
        return False
    changed = False
    for lesson in rows.rows("SELECT sha256, part, known FROM look_lesson WHERE look = ?", (own["look"],)):
        values = json.loads(lesson["known"])
        place = (lesson["sha256"], lesson["part"])
        if place != (sha256, part) and not values.keys().isdisjoint(names):
            kept = {name: value for name, value in values.items() if name not in names}
            rows.execute("UPDATE look_lesson SET known = ? WHERE sha256 = ? AND part = ?", (_dump(kept), *place))
            changed = True
    if changed:
        _renew(rows, own["look"], version)
    return changed


def forget_looks(rows: SessionRows, looks: Iterable[int]) -> int:
    """Forget these looks with all their lessons; how many lessons."""
    count = 0
    for key in looks:
        count += rows.execute("DELETE FROM look_lesson WHERE look = ?", (key,)).rowcount
        _drop(rows, key)
    return count


def list_looks(rows: SessionRows, seller_key: str) -> list[int]:
    """The looks whose confirmed seller has this folded name, or the one that an unnamed seller's key names."""
    if seller_key.startswith(LOOK_KEY):
        return [int(seller_key.removeprefix(LOOK_KEY))]
    bodies = (unpack(row["body"], Look) for row in rows.rows("SELECT body FROM look"))
    return [look.key for look in bodies if look.seller and fold_name(look.seller) == seller_key]


def _find_lesson(rows: SessionRows, sha256: str, part: int) -> Any | None:
    found = rows.rows("SELECT look, known, sketch FROM look_lesson WHERE sha256 = ? AND part = ?", (sha256, part))
    return found[0] if found else None


def _delete_lesson(rows: SessionRows, sha256: str, part: int) -> None:
    rows.execute("DELETE FROM look_lesson WHERE sha256 = ? AND part = ?", (sha256, part))


def _dump(values: Mapping[str, str]) -> str:
    return make_encodable(json.dumps(values, sort_keys=True, ensure_ascii=False))


def _find_sketch(rows: SessionRows, invoice: Invoice) -> Sketch | None:
    found = rows.rows(
        "SELECT sketch FROM sketch JOIN invoice ON invoice.id = invoice_id WHERE sha256 = ? AND part = ?",
        (invoice.sha256, invoice.part_number),
    )
    return unpack(found[0]["sketch"], Sketch) if found else None


def _name(sketch: Sketch, values: Mapping[str, str]) -> Sketch:
    """The sketch with the confirmed name among its marks, instead of what was read for it."""
    if "seller_name" not in values:
        return sketch
    others = tuple(mark for mark in sketch.marks if not mark.startswith("name:"))
    return replace(sketch, marks=(*others, f"name:{fold_name(values['seller_name'])}"))


def _choose_look(rows: SessionRows, sketch: Sketch, version: int) -> int:
    """The number of the seller's look that the document has, a new one if it has none of them."""
    mine = sql(
        "SELECT body FROM look WHERE id IN (SELECT look FROM look_mark WHERE mark IN ({marks}))",
        marks=list_values(sketch.marks),
    )
    identity = find_identity(LookBook().renewed(unpack(row["body"], Look) for row in ask(rows, mine)), sketch)
    alike = recognise(identity, sketch)
    if alike is not None:
        return alike.look.key
    for each in sorted(identity, key=lambda one: -one.look.version)[_MOST_LOOKS - 1 :]:
        forget_looks(rows, [each.look.key])
    return insert_row(rows, LookRow, {"version": version, "body": b""})


def _renew(rows: SessionRows, key: int, version: int) -> None:
    """Sum the latest lessons of a look up anew, and drop the older ones; a look without lessons is forgotten."""
    lessons = rows.rows(
        "SELECT sha256, part, known, sketch FROM look_lesson WHERE look = ? ORDER BY version DESC", (key,)
    )
    for old in lessons[_LATEST:]:
        _delete_lesson(rows, old["sha256"], old["part"])
    if not lessons or not rows.rows("SELECT 1 FROM look WHERE id = ?", (key,)):
        _drop(rows, key)
        return
    latest = [SketchedLesson(unpack(each["sketch"], Sketch), json.loads(each["known"])) for each in lessons[:_LATEST]]
    look = sum_up_look(key, version, latest)
    rows.execute("UPDATE look SET version = ?, body = ? WHERE id = ?", (version, pack(look), key))
    rows.execute("DELETE FROM look_mark WHERE look = ?", (key,))
    rows.executemany("INSERT INTO look_mark (mark, look) VALUES (?, ?)", [(mark, key) for mark in look.marks])


def _drop(rows: SessionRows, key: int) -> None:
    rows.execute("DELETE FROM look_mark WHERE look = ?", (key,))
    rows.execute("DELETE FROM look WHERE id = ?", (key,))
    note_forgotten(rows)
