"""The seller's name, known by its numbers although the name itself may be a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from invoicewatch.extract.looks.decide import MIN_DOCUMENTS, say_documents
from invoicewatch.extract.looks.marks import find_mark_words
from invoicewatch.extract.page.evidence import fold, is_reading_proved
from invoicewatch.extract.page.layout import PageView
from invoicewatch.extract.proof.fields import find_source
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import LookWeights
from invoicewatch.records import Alternative, Box, Field, Word
from invoicewatch.records.looks.identity import Known
from invoicewatch.records.looks.paper import KNOWN_FROM

_IN_WORDS = {
    "vat": "VAT id",
    "iban": "account",
    "tax": "tax number",
    "phone": "telephone number",
    "host": "web address",
    "name": "name",
}
_CHECKED = frozenset({"vat", "iban"})  # their check digits tell a misread one
_ENOUGH = 2  # marks that were read alike each prove the other


def find_known_seller(
    known: Sequence[Known], pages: Sequence[PageView], found: Mapping[str, Field | None], *, same_look: bool
) -> Field | None:
    """The confirmed name of the seller whose number stands on the page; None where that adds nothing.

    Another name that the page proves stays. A host, which branches share, names nobody for sure, and neither does a
    line with the name on paper of another look.
    """
    named = [each for each in known if each.look.seller]
    best = max(named, key=lambda each: each.look.named, default=None)
    field = found.get("seller_name")
    if best is None or len({fold(each.look.seller) for each in named}) > 1:
        return None
    count = sum(each.look.named for each in named)
    marks = list(dict.fromkeys(mark for each in known for mark in each.marks if _kind(mark) in _IN_WORDS))
    own = [mark for mark in marks if _kind(mark) not in ({"host"} if same_look else {"host", "name"})]
    if not own or (field is not None and field.verified):
        return None
    page, words = _find_place(pages, own[0])
    sure = len(marks) >= _ENOUGH or _kind(own[0]) in _CHECKED or is_reading_proved(words, page.source)
    return _make_field(best.look.seller, own[0], count, page, words, field, sure=sure)


def _make_field(
    name: str, mark: str, count: int, page: PageView, words: Sequence[Word], field: Field | None, *, sure: bool
) -> Field:
    weights = load_weights(LookWeights)
    proved = sure and count >= MIN_DOCUMENTS
    method = f"{KNOWN_FROM} {say_documents(count)} by its {_IN_WORDS[_kind(mark)]}"
    if field is not None and fold(str(field.value)) == fold(name):
        confidence = weights.proved if proved else 1 - weights.doubt_left * (1 - field.confidence)
        return replace(field, value=name, confidence=round(confidence, 3), verified=proved, method=method)
    row = next((row for row in page.rows if words and words[0] in row.words), page.rows[0])
    alternatives = (
        (Alternative(field.value, field.confidence, field.page, field.box, field.text), *field.alternatives)
        if field is not None
        else ()
    )
    return Field(
        "seller_name",
        name,
        weights.proved if proved else weights.placed,
        verified=proved,
        page=page.page,
        box=Box.around(word.box for word in words) if words else None,
        source=find_source(row, words),
        method=method,
        text=row.text,
        alternatives=tuple(other for other in alternatives if fold(str(other.value)) != fold(name))[:4],
    )


def _find_place(pages: Sequence[PageView], mark: str) -> tuple[PageView, Sequence[Word]]:
    for page in pages:
        words = find_mark_words(page, mark)
        if words:
            return page, words
    return pages[0], ()


def _kind(mark: str) -> str:
    return mark.partition(":")[0]
