"""What a till prints: cash and change beside amounts, a time of day beside a date, on a narrow paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from invoicewatch.extract.amounts.roles import AmountRole
from invoicewatch.extract.page.labels import Label, find_labels, load_labels
from invoicewatch.extract.page.layout import PageView

PAID_IN_CASH = frozenset({AmountRole.CASH, AmountRole.CHANGE})
# Fewer than 60 characters go on a line of a till's paper, more than 90 on a sheet.
_NARROW_PAPER = 1 / 65
_STRIP_CHARS = 62
_ROWS_OF_STRIP = 10
_PAID = re.compile(r"\W*(?:[^\W\d]{1,3}\W*)?\d[\d., ]*[.,] ?\d{2}(?!\d)")
_DATE = re.compile(r"\d{1,4}\s?[-/.]\s?\w{1,9}\s?[-/.]\s?\d{2,4}|\d{1,2}\s?[^\W\d_]{3,9}\s?\d{2,4}")
_TIME = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?!\d)")


def is_from_till(pages: Sequence[PageView]) -> bool:
    """Whether a paper is a till's: paid in cash, or narrow with a time of day on it."""
    paid = any(label.role in PAID_IN_CASH for page in pages for label in find_payments(page))
    return paid or any((is_narrow(page) or is_strip(page)) and has_time(page) for page in pages)


def find_payments(page: PageView) -> Iterator[Label]:
    """The labels of cash, change and cards that begin a cell and have an amount right after them."""
    for label in find_labels(page, load_labels("amounts")):
        if (
            label.leads
            and label.role in PAID_IN_CASH | {AmountRole.CARD}
            and _PAID.match(label.row.join(label.last, len(label.row.words)))
        ):
            yield label


def is_narrow(page: PageView) -> bool:
    """Whether so few characters go on a line as on a till's paper."""
    return page.char_width > _NARROW_PAPER


def is_strip(page: PageView) -> bool:
    """Whether all print of a page with lines enough stands in a strip, as on a receipt photographed with its desk."""
    if len(page.rows) < _ROWS_OF_STRIP:
        return False
    left, right = min(row.box.x0 for row in page.rows), max(row.box.x1 for row in page.rows)
    return right - left < _STRIP_CHARS * page.char_width


def has_time(page: PageView) -> bool:
    """Whether a time of day stands on a row with a date."""
    return any(_TIME.search(row.text) and _DATE.search(row.text) for row in page.rows)
