"""Names under a heading that says whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from invoicewatch.extract.page.evidence import Finding, is_reading_proved
from invoicewatch.extract.page.found import Where
from invoicewatch.extract.page.labels import find_row_labels, load_labels
from invoicewatch.extract.page.layout import PageView, Row
from invoicewatch.extract.page.legal_forms import has_legal_form
from invoicewatch.extract.page.sections import Section
from invoicewatch.extract.page.wording import is_wording
from invoicewatch.extract.parties.names.lines import clean_name, is_lettered, is_name_like
from invoicewatch.extract.parties.names.signs import load_signs
from invoicewatch.extract.weights.identities import BuyerWeights, SellerWeights
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.records import Source

# A block's lines begin where its heading does, give or take this part of the page's width.
_FLUSH = 0.08
_EDGE_CHARS = 2.0  # a lost word is wider
_NEAR_ROWS = 4


def find_under_headings(page: PageView, sections: Sequence[Section], role: str) -> list[Finding]:
    """The name in each block of ``role``: beside ``Name:``, else the first line that is like a name."""
    found = []
    for section in sections:
        if section.role == role:
            finding = _find_in_section(page, section)
            if finding is not None:
                found.append(finding)
    return found


def _find_in_section(page: PageView, section: Section) -> Finding | None:
    """Beside ``Name:``; else the line with a legal form among the first lines like names; else the first of these."""
    lines: list[tuple[Row, int, int]] = []
    under_street = False  # a name stands over its street
    for row in page.rows[section.first : section.last]:
        for first, last in row.cells:
            start = max(first, section.heading.last) if row is section.heading.row else first
            if start >= last or not section.holds(row.number, row.box_of(start, last)):
                continue
            named = _find_after_name_label(section, row, start, last)
            if named is not None:
                return _make_section_finding(page, section, row, *named, labelled=True)
            if is_name_like(clean_name(row.join(start, last))) and not _has_label(row, start, last):
                lines.append((row, start, last))
            under_street = under_street or (not lines and load_signs().street.search(row.join(start, last)) is not None)
    lines = [line for line in lines if _is_under(section, line)] or lines
    near = [line for line in lines if line[0].number <= lines[0][0].number + 1]
    best = next((line for line in near if has_legal_form(line[0].join(*line[1:]))), near[0] if near else None)
    if best is None:
        return None
    finding = _make_section_finding(page, section, *best)
    # Of a person and the company below either may be meant.
    sure = best is near[0] and not under_street
    return finding if finding is None or sure else replace(finding, role_proved=False)


def _is_under(section: Section, line: tuple[Row, int, int]) -> bool:
    """Flush with the heading or right beside it: not in a column further right."""
    row, first, _ = line
    return row is section.heading.row or abs(row.words[first].box.x0 - section.heading.box.x0) < _FLUSH


def _find_after_name_label(section: Section, row: Row, first: int, last: int) -> tuple[int, int] | None:
    labels = [label for label in find_row_labels(row, load_labels("parties")) if label.role == "name"]
    for label in labels:
        if label.first != first or not label.leads:
            continue
        if label.last < last:
            return label.last, last
        following = next((cell for cell in row.cells if cell[0] >= last), None)
        if following is not None and section.holds(row.number, row.box_of(*following)):
            return following
    return None


def _has_label(row: Row, first: int, last: int) -> bool:
    """Whether the cell begins with a label of any kind; ``Lieferant GmbH`` is a company for all that."""
    table = load_labels("identifiers", "dates", "kinds", "amounts", "parties")
    labelled = any(label.first == first for label in find_row_labels(row, table))
    return (labelled and not has_legal_form(row.join(first, last))) or is_wording(row, first, last)


def _make_section_finding(
    page: PageView, section: Section, row: Row, first: int, last: int, *, labelled: bool = False
) -> Finding | None:
    """The name on a row of the block; ``labelled`` says that ``Name:`` stands before it."""
    torn = row.words[first].text.startswith(",")
    while first < last and not any(char.isalnum() for char in row.words[first].text):
        first += 1
    name = clean_name(row.join(first, last))
    fits = is_lettered(name) if labelled else is_name_like(name)  # Name: Harrow Lane Studio
    if not fits or is_wording(row, first, last):
        return None
    seller = section.role == "seller"
    score = load_weights(SellerWeights).scale.under_heading if seller else load_weights(BuyerWeights).under_heading
    proved = _is_whole(page, section, row, first) and _is_plainly_headed(section) and not torn
    proved = proved and (labelled or _is_right_under(section, row, first))
    return Finding(name, page, row, first, last, score, f"{Where.UNDER} '{section.heading.phrase}'", role_proved=proved)


def _is_plainly_headed(section: Section) -> bool:
    """Whether the heading itself is proved: what only resembles one, or was made one by correction, proves nothing."""
    heading = section.heading
    words = heading.row.words[heading.first : heading.last]
    read = is_reading_proved(words, heading.row.source) and all(word.raw is None for word in words)
    return heading.score == 1.0 and read


def _is_right_under(section: Section, row: Row, first: int) -> bool:
    """Whether a name stands beside the heading, or under one that has no number of its own beside it."""
    heading = section.heading
    if row is heading.row:
        return True
    _, end = heading.row.cell_at(heading.first)
    beside = heading.row.join(heading.last, end) or heading.row.join(*_cell_after(heading.row, end))
    near = row.number - heading.row.number <= _NEAR_ROWS
    return near and _is_under(section, (row, first, first + 1)) and not _is_number(beside)


def _cell_after(row: Row, end: int) -> tuple[int, int]:
    return next((cell for cell in row.cells if cell[0] >= end), (end, end))


def _is_number(text: str) -> bool:
    """Whether figures outnumber letters: what stands beside ``Client`` is then its number."""
    return sum(char.isdigit() for char in text) > sum(char.isalpha() for char in text)


def _is_whole(page: PageView, section: Section, row: Row, first: int) -> bool:
    """Whether the name begins where its block does: else an engine may have lost its first word."""
    if page.source is Source.TEXT_LAYER or row is section.heading.row:
        return True
    edges = [section.heading.box.x0]
    edges += [other.words[at].box.x0 for other in page.rows[row.number + 1 : section.last] for at, _ in other.cells]
    return any(abs(row.words[first].box.x0 - edge) <= _EDGE_CHARS * page.char_width for edge in edges)
