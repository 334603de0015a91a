"""The seller by its imprint: its name beside the capital, the register or the seat that the law has a company print.

A name in a picture, or none at the head at all, leaves the first page without a seller; then the foot of any page may
say it: ``Name - Société Anonyme au capital de ...``, ``Name GmbH, Amtsgericht Köln HRB 1234``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from invoicewatch.extract.page.evidence import Finding, fold
from invoicewatch.extract.page.found import FoundBy
from invoicewatch.extract.page.layout import PageView, Row
from invoicewatch.extract.page.legal_forms import find_legal_form, find_mention
from invoicewatch.extract.parties.names.lines import clean_name, has_postcode, is_lettered
from invoicewatch.extract.parties.names.signs import load_signs
from invoicewatch.extract.parties.names.words import is_label
from invoicewatch.extract.parties.ranking.points import is_sentence
from invoicewatch.extract.weights.identities import SellerWeights
from invoicewatch.extract.weights.load import load_weights

_FOOT_ROWS = 3


def find_in_imprints(pages: Sequence[PageView]) -> list[Finding]:
    """The names in the imprints of ``pages``, each once; by themselves they prove nothing.

    Others have imprints on an invoice too, such as an insurer: so the name stands in the foot or elsewhere as well.
    """
    score = load_weights(SellerWeights).scale.imprint
    found: dict[str, Finding] = {}
    for page in pages:
        for row in page.rows:
            name, last = _read_name(row)
            in_foot = row.number >= len(page.rows) - _FOOT_ROWS
            if name and (in_foot or any(fold(name) in fold(other.text) for other in _list_others(pages, row))):
                found.setdefault(fold(name), Finding(name, page, row, 0, last, score, FoundBy.IMPRINT))
    return list(found.values())


def prefer_imprints(sellers: Sequence[Finding], imprints: Sequence[Finding]) -> list[Finding]:
    """The ``sellers`` and the names in ``imprints`` that are not among them; of one that is the score is no lower."""
    named = {fold(finding.value): finding for finding in imprints}
    known = [
        replace(each, score=max(each.score, named[fold(each.value)].score)) if fold(each.value) in named else each
        for each in sellers
    ]
    return [*known, *(each for key, each in named.items() if key not in {fold(other.value) for other in sellers})]


def _list_others(pages: Sequence[PageView], row: Row) -> Iterator[Row]:
    return (other for page in pages for other in page.rows if other is not row)


def _read_name(row: Row) -> tuple[str, int]:
    """The name that begins a row before what the law asks for, and how many words it takes; else an empty one."""
    text = row.text
    mention = find_mention(text)
    if mention is not None:
        end = mention.start()
    else:
        notice = load_signs().registration.search(text)
        form = find_legal_form(text[: notice.start()]) if notice is not None else None
        end = form.end() if form is not None else 0
    name = clean_name(text[:end])
    if not is_lettered(name) or has_postcode(name) or is_sentence(name) or is_label(name):
        return "", 0
    return name, len(text[:end].split())
