"""Compare a document with its seller's look once its fields stand, and draw what it may teach itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from invoicewatch.extract.looks.decide import MIN_DOCUMENTS, say_documents
from invoicewatch.extract.looks.marks import list_names
from invoicewatch.extract.looks.places import count_found
from invoicewatch.extract.looks.sketch import sketch_pages, view_written
from invoicewatch.extract.looks.spots import Seen, see_spots
from invoicewatch.records import Field, Memory, Reading, Sketch
from invoicewatch.records.looks.identity import Known, find_identity, measure_likeness, recognise

_FEW_FIELDS = 2  # one label may be misread


def compare_look(
    readings: Sequence[Reading], fields: Mapping[str, Field | None], memory: Memory, today: date
) -> tuple[Sketch | None, tuple[str, ...]]:
    """The document's sketch, None where nothing was read; and in words how its layout is another than before.

    Args:
        readings: What the fields were found in.
        fields: The fields that stand; the seller's numbers and name, the currency and the kind are used.
        memory: What earlier documents taught.
        today: Tells the century of years with two digits.
    """
    pages = view_written(readings)
    if not pages:
        return None, ()
    seen = see_spots(pages, today)
    sketch = sketch_pages(pages, seen, fields)
    if not memory.looks.looks:
        return sketch, ()
    return sketch, tuple(_find_changes(find_identity(memory.looks, sketch, list_names(pages)), sketch, seen))


def _find_changes(known: Sequence[Known], sketch: Sketch, seen: Sequence[Seen]) -> Iterator[str]:
    """A seller's documents have several looks; only one that is like none of them is new."""
    learned = [each for each in known if each.look.lessons >= MIN_DOCUMENTS]
    if not learned or (sketch.kind and not any(sketch.kind in each.look.kinds for each in learned)):
        return
    looks = [each.look for each in learned]
    one = recognise(known, sketch)
    if one is not None and one.look.lessons < MIN_DOCUMENTS:
        return
    moved = one is None and all(measure_likeness(look, sketch).moved for look in looks)
    if moved or (one is not None and _lacks(one, sketch, seen)):
        seller = next((look.seller for look in looks if look.seller), "this seller")
        count = say_documents(sum(look.lessons for look in looks))
        yield f"the paper of {seller} looks otherwise than on {count} before: its fields may stand elsewhere"


def _lacks(known: Known, sketch: Sketch, seen: Sequence[Seen]) -> bool:
    """Whether no field stands under its label any more; or not every one, and much else that was printed is gone."""
    here, asked = count_found(known.look, seen, MIN_DOCUMENTS)
    if asked >= _FEW_FIELDS and not here:
        return True
    return here < asked and measure_likeness(known.look, sketch).thin
