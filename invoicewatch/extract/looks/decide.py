"""From a value that stands where its seller prints it to the field: proved, likelier, or left as it was."""

from __future__ import annotations

from dataclasses import replace

from invoicewatch.extract.looks.places import Placed
from invoicewatch.extract.looks.spots import Seen
from invoicewatch.extract.proof.fields import find_source
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import LookWeights
from invoicewatch.records import Alternative, Field, FieldValue
from invoicewatch.records.looks.paper import WHERE_PRINTED, Beside

# One document may be an accident.
MIN_DOCUMENTS = 2
_MAX_ALTERNATIVES = 4


def place_field(
    name: str, value: FieldValue, one: Seen, placed: Placed, *, read_by: str, field: Field | None
) -> Field | None:
    """The field with what its place says of it; None where that adds nothing.

    Args:
        name: The field's.
        value: What stands there.
        one: Where it stands.
        placed: The place, and on how many documents it was learned.
        read_by: What proves the reading; empty if nothing does.
        field: What was found without the look.
    """
    same = field is not None and field.value == value
    if placed.documents < MIN_DOCUMENTS:
        return _make_likelier(field, placed) if same and field and not field.verified else None
    if same and field and field.verified:
        return None
    if not read_by and same and field:
        return _make_likelier(field, placed)
    weights = load_weights(LookWeights)
    method = f"{say_place(one, placed)}; {read_by}" if read_by else say_place(one, placed)
    return Field(
        name,
        value,
        weights.proved if read_by else weights.placed,
        verified=bool(read_by),
        page=one.page.page,
        box=one.box,
        source=find_source(one.row, one.words),
        method=method,
        text=one.row.text,
        alternatives=_list_alternatives(value, field),
    )


def say_place(one: Seen, placed: Placed) -> str:
    """Where the value stands and on how many documents such a one stood there, in words."""
    return f"{WHERE_PRINTED}{_say_words(one, placed.place.beside)}, {say_documents(placed.documents)}"


def say_documents(count: int) -> str:
    """``1 document``, ``3 documents``."""
    return f"{count} document{'s' * (count != 1)}"


def _say_words(one: Seen, beside: Beside) -> str:
    """The words on this page, as it has them, where they stand on the value's own row."""
    if beside is Beside.AFTER and one.first:
        return f", after {one.row.join(one.row.cell_at(one.first - 1)[0], one.first)}"
    return ""


def _make_likelier(field: Field, placed: Placed) -> Field:
    """The same value, of whose doubt a part is gone."""
    left = load_weights(LookWeights).doubt_left
    method = f"{field.method}; {WHERE_PRINTED}, {say_documents(placed.documents)}"
    return replace(field, confidence=round(1 - left * (1 - field.confidence), 3), method=method)


def _list_alternatives(value: FieldValue, field: Field | None) -> tuple[Alternative, ...]:
    if field is None:
        return ()
    before = Alternative(field.value, field.confidence, field.page, field.box, field.text)
    others = [other for other in (before, *field.alternatives) if other.value != value]
    return tuple(others)[:_MAX_ALTERNATIVES]
