"""Pages that are another paper, attached to the document: their sums are none of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from invoicewatch.extract.amounts.roles import AmountRole
from invoicewatch.extract.labels.words import write_pattern
from invoicewatch.extract.page.layout import PageView
from invoicewatch.extract.page.titles import Mention, find_mentions
from invoicewatch.extract.total.reading.claims import Claim
from invoicewatch.extract.total.reading.sheet import Sheet

_WHOLES = frozenset({AmountRole.TOTAL, AmountRole.PAYABLE})
_ROWS_OF_HEAD = 3
_HEAD_OF_PAGE = 0.25  # of its height
_MOST_WORDS = 8  # a longer row is a sentence: "Annex 1 of the contract is part of ..."


def leave_out_attached(sheets: Sequence[Sheet], claims: Sequence[Claim]) -> tuple[Sheet, ...]:
    """The pages without those that a heading says are attached, and those behind them.

    A letter may have its invoice attached: pages are left out only behind one that plainly names a total.
    """
    begins = bool(sheets) and any(mention.kind == "invoice" for mention in _list_titles(sheets[0].page))
    first = next((n for n, sheet in enumerate(sheets) if n and is_attached(sheet, invoiced=begins)), None)
    if first is None:
        return tuple(sheets)
    pages = {sheet.page.page for sheet in sheets[:first]}
    named = any(claim.role in _WHOLES and claim.plain and claim.place[0] in pages for claim in claims)
    return tuple(sheets[:first] if named else sheets)


def is_attached(sheet: Sheet, *, invoiced: bool) -> bool:
    """Whether the head of the page says so: a short row that begins with ``Annex`` and holds no amount of money.

    Behind an invoice (``invoiced``) a page that is headed as a receipt is one for what the invoice lists.
    """
    titles = _list_titles(sheet.page) if invoiced else ()
    return any(mention.kind == "receipt" and mention.alone for mention in titles) or any(
        len(row.words) <= _MOST_WORDS and not sheet.money(n) and _compile_heading().match(row.text)
        for n, row in enumerate(sheet.page.rows[:_ROWS_OF_HEAD])
    )


def _list_titles(page: PageView) -> Iterator[Mention]:
    """What the head of ``page`` calls it."""
    return (each for each in find_mentions(page) if each.leads and each.row.box.y0 < _HEAD_OF_PAGE)


@cache
def _compile_heading() -> re.Pattern[str]:
    return re.compile(rf"\W*{write_pattern('amount_words', 'attached')}\b", re.IGNORECASE)
