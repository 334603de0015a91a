"""VAT identifiers: their shapes by country, their check digits, and whose they are.

Verified is only one that can exist. One without its country is proved as a national tax number, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from invoicewatch.extract.numbers.ibans import list_account_words
from invoicewatch.extract.numbers.second_addresses import stands_under
from invoicewatch.extract.numbers.tax_numbers import Numbered
from invoicewatch.extract.page.evidence import Finding
from invoicewatch.extract.page.found import FoundBy, Where
from invoicewatch.extract.page.label_values import find_places, list_taken
from invoicewatch.extract.page.labels import Label
from invoicewatch.extract.page.layout import PageView, Row
from invoicewatch.extract.page.other_readings import join_readings
from invoicewatch.extract.page.sections import Section, find_role
from invoicewatch.extract.parties.names.lines import NameLine
from invoicewatch.extract.weights.identities import VatIdWeights
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.records import Source

# Source: European Commission, VIES, "VAT identification number structure"; for GB, CH, NO and XI the tax offices.
_SHAPES = {
    "AT": r"U\d{8}", "BE": r"[01]\d{9}", "BG": r"\d{9,10}", "CY": r"\d{8}[A-Z]", "CZ": r"\d{8,10}", "DE": r"\d{9}",
    "DK": r"\d{8}", "EE": r"\d{9}", "EL": r"\d{9}", "ES": r"[A-Z0-9]\d{7}[A-Z0-9]", "FI": r"\d{8}",
    "FR": r"[A-HJ-NP-Z0-9]{2}\d{9}", "HR": r"\d{11}", "HU": r"\d{8}", "IE": r"\d[A-Z0-9+*]\d{5}[A-W][A-I]?",
    "IT": r"\d{11}", "LT": r"(?:\d{9}|\d{12})", "LU": r"\d{8}", "LV": r"\d{11}", "MT": r"\d{8}",
    "NL": r"\d{9}B\d{2}", "PL": r"\d{10}", "PT": r"\d{9}", "RO": r"\d{2,10}", "SE": r"\d{12}", "SI": r"\d{8}",
    "SK": r"\d{10}", "GB": r"(?:\d{9}|\d{12})", "XI": r"(?:\d{9}|\d{12})", "CHE": r"\d{9}",
    "NO": r"\d{9}MVA",
}  # fmt: skip
_PREFIXED = re.compile("|".join(f"{country}{shape}" for country, shape in _SHAPES.items()))
# Beside a label also without a country: British, Australian, Italian, Indian, Malaysian, Singaporean and Spanish ones.
_BARE = re.compile(
    r"\d{9}|\d{11}|\d{12}|[A-Z0-9]\d{7}[A-Z0-9]|M\d{8}[A-Z0-9]|[A-Z]\d{14}|\d{2}[A-Z]{5}\d{4}[A-Z][A-Z0-9]Z[A-Z0-9]|\d{9}B\d{2}"
)
# Printed with its country, and wrong in length or shape: shown as it stands, for a person to see.
_IMPOSSIBLE = re.compile(rf"(?:{'|'.join(_SHAPES)})U?\d{{7,13}}")
_CONFUSED_DIGITS = str.maketrans("OQDIL|SBZG", "0001115826")
_SWISS_TAX = re.compile(r"(?:MWST|TVA|IVA)$")
_MAX_WORDS = 6


def find_vat_ids(
    page: PageView,
    labels: list[Label],
    sections: list[Section],
    numbers: Sequence[Numbered] = (),
    others: Sequence[NameLine] = (),
) -> list[Finding]:
    """What may be the seller's VAT identifier on ``page``, in reading order; a buyer's is left out.

    Of the national tax ``numbers`` on the page those that stand for VAT at home are among them. One under an address
    of ``others``, which nothing says to be the seller's, is doubted.
    """
    taken = list_taken(labels) | list_account_words(page)
    found = [finding for label in labels if label.role == "vat_id" for finding in _find_beside(page, label, taken)]
    buyers = {
        (finding.row.number, finding.first)
        for label in labels
        if label.role == "buyer_vat_id"
        for finding in _find_beside(page, label, taken)
    }
    national = {_place_of(each.finding): each.finding for each in numbers if each.vat}
    found = [each for each in found if _place_of(each) not in national or _PREFIXED.fullmatch(each.value)]
    known = {_place_of(finding) for finding in found}
    found += [each for each in _find_unlabelled(page, taken) if _place_of(each) not in known | national.keys()]
    mine = [each for each in found if _place_of(each) not in buyers]
    weighed = [_weigh(each, find_role(sections, each.row.number, each.box)) for each in mine]
    placed = [_doubt(each) if stands_under(each, others) else each for each in weighed if each]
    placed += [
        replace(each, value=_compact(each.value)) for place, each in national.items() if place not in known | buyers
    ]
    return sorted(placed, key=_place_of)


def spell_vat_id(text: str) -> str:
    """An identifier as registers spell it: no blanks or points, and without the tax's name after a Swiss one."""
    compact = _compact(text)
    return _SWISS_TAX.sub("", compact) if compact.startswith("CHE") else compact


def check_vat_id(value: str) -> bool:
    """Whether the check digits of a VAT identifier with its country hold; False where they are not known."""
    from stdnum import get_cc_module
    from stdnum.exceptions import ValidationError

    if not _PREFIXED.fullmatch(value):
        return False
    if value.startswith("CHE"):
        value += "MWST"  # the check wants the tax's name, which is no part of the number
    country = "GR" if value.startswith("EL") else value[:2]
    module = get_cc_module(country.lower(), "vat")
    if module is None:
        return False
    try:
        module.validate(value)
    except ValidationError:
        return False
    return True


def _find_beside(page: PageView, label: Label, taken: frozenset[tuple[int, int]]) -> Iterator[Finding]:
    """The identifier in the nearest place that has one; without a country it must be the first words there."""
    weights = load_weights(VatIdWeights)
    for place in find_places(page, label, taken):
        for first in range(place.first, place.last):
            found = _read(place.row, first, place.last, bare=first <= place.first + 1)
            if found is not None:
                value, end, mended = found
                prefixed = _PREFIXED.fullmatch(value) is not None
                score = weights.labelled if prefixed else weights.labelled_without_country
                score *= label.score * (weights.factor_mended if mended else 1.0)
                method = f"{Where.BESIDE} '{label.phrase}'"
                proved = prefixed and not mended
                yield Finding(value, page, place.row, first, end, score, method, role_proved=proved)
                return
        if place.distance == 0:
            return


def _find_unlabelled(page: PageView, taken: frozenset[tuple[int, int]]) -> Iterator[Finding]:
    """Identifiers with their country that stand anywhere."""
    score = load_weights(VatIdWeights).unlabelled
    for row in page.rows:
        for first in range(len(row.words)):
            found = _read(row, first, len(row.words), bare=False, mend=False)
            if found is not None and (row.number, first) not in taken:
                yield Finding(found[0], page, row, first, found[1], score, FoundBy.SHAPE)


def _read(row: Row, first: int, last: int, *, bare: bool, mend: bool = True) -> tuple[str, int, bool] | None:
    """The identifier that begins at word ``first``: its value, its end, and whether letters were taken for digits.

    The longest span of words that has the shape wins, so that ``DE 123 456 789`` is one identifier.
    """
    best = None
    text = ""
    for n in range(first, min(last, first + _MAX_WORDS)):
        text += _compact(row.words[n].text)
        if _PREFIXED.fullmatch(text):
            best = text, n + 1, False
        elif mend and _PREFIXED.fullmatch(mended := text[:2] + text[2:].translate(_CONFUSED_DIGITS)):
            best = best or (mended, n + 1, True)
        elif bare and (_BARE.fullmatch(text) or _IMPOSSIBLE.fullmatch(text)):
            best = text, n + 1, False
    return best


def _compact(text: str) -> str:
    """Without blanks and punctuation; a slash stays, it is the sign of a tax number of another kind."""
    return re.sub(r"[\s.,:;()\[\]_-]", "", text.upper())


def _weigh(finding: Finding, role: str) -> Finding | None:
    """An identifier in the buyer's block is the buyer's; a failed check digit makes it less likely, no more.

    The value changes only to what another engine read here, if that alone passes.
    """
    if role in {"buyer", "other_party"}:
        return None
    weights = load_weights(VatIdWeights)
    score = min(finding.score + (weights.in_section if role == "seller" else 0.0), weights.highest)
    if check_vat_id(finding.value):
        return replace(finding, score=score)
    texts = {_compact(text) for text in join_readings(finding.words)}
    valid = {text for text in texts if check_vat_id(text)}
    value = valid.pop() if len(valid) == 1 else finding.value
    doubt = weights.factor_failed if finding.page.source is Source.TEXT_LAYER else weights.factor_failed_scan
    return replace(finding, value=value, score=score * doubt, role_proved=False)


def _doubt(finding: Finding) -> Finding:
    """An identifier under a second address is less likely the seller's, and is not called verified."""
    return replace(finding, score=finding.score * load_weights(VatIdWeights).factor_second_address, role_proved=False)


def _place_of(finding: Finding) -> tuple[int, int]:
    return finding.row.number, finding.first
