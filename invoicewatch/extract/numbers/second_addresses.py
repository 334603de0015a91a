"""The addresses after the first in the head of a page without headings: hardly the seller's."""

from __future__ import annotations

from collections.abc import Sequence

from invoicewatch.extract.page.evidence import Finding
from invoicewatch.extract.page.layout import PageView
from invoicewatch.extract.page.sections import Section, find_role
from invoicewatch.extract.parties.names.lines import NameLine, find_name_lines, has_postcode

_HEAD_OF_PAGE = 0.45  # of its height: where addresses stand
_ADDRESS_ROWS = 4
_BLOCK_ROWS = 6  # an address and the numbers under it


def find_second_addresses(page: PageView, sections: list[Section]) -> list[NameLine]:
    """The names over a second and further postal address in the head of ``page``, headed blocks aside."""
    towns = {
        line: town
        for line in find_name_lines(page)
        if line.box.y0 < _HEAD_OF_PAGE and not find_role(sections, line.row.number, line.box)
        if (town := _find_town(page, line)) is not None
    }
    first = next(iter(towns.values()), 0)
    return [line for line in towns if line.row.number > first]


def stands_under(finding: Finding, lines: Sequence[NameLine]) -> bool:
    """Whether something stands in the address, or right under it, of one of the names ``lines``."""
    number, box = finding.row.number, finding.box
    return any(
        0 < number - line.last_row <= _BLOCK_ROWS and line.box.x0 <= box.x1 and box.x0 <= line.box.x1 for line in lines
    )


def _find_town(page: PageView, line: NameLine) -> int | None:
    """The number of the row with the postcode of the address under a name."""
    for row, begin, end in page.cells_below(line.box, line.last_row, _ADDRESS_ROWS):
        if has_postcode(row.join(begin, end)):
            return row.number
    return None
