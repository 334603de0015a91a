"""What stands where a date should and was not read as one: ``Date: 201q-05-09`` speaks against every other date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from invoicewatch.extract.dates.claims import DateClaim
from invoicewatch.extract.dates.roles import DateRole
from invoicewatch.extract.page.labels import find_row_labels, load_labels
from invoicewatch.extract.page.layout import PageView, Row
from invoicewatch.records import Source

# Three groups with signs between them, at least two of them mostly digits: a date that some letter or sign spoils.
_DATE_LIKE = re.compile(r"(?<![\w.,/-])[\dA-Za-z]{1,4}\s?[-/.]\s?[\dA-Za-z]{1,3}\s?[-/.]\s?[\dA-Za-z]{2,4}(?![\w/-])")
_LEAST_DIGITS = 4  # of the six to eight that a date has
_ROLES = frozenset({DateRole.ISSUE, DateRole.DATE})
_SHORT_PHRASE = 4  # letters: shorter words stand in any sentence


class Unread(NamedTuple):
    """Whether a label of dates of issue has figures beside it that are no date, and whether any other row has such."""

    labelled: bool
    written: bool


def find_unread(pages: Sequence[PageView], claims: Sequence[DateClaim]) -> Unread:
    """Look for spoilt dates on the rows without a date; a text layer has none."""
    dated = {(claim.row.page, claim.row.number) for claim in claims}
    labelled = written = False
    for page in pages:
        for row in page.rows if page.source is not Source.TEXT_LAYER else ():
            if (row.page, row.number) in dated or not any(map(str.isdigit, row.text)):
                continue
            written = written or _has_spoilt_date(row.text)
            labelled = labelled or _has_unread_label(row)
    return Unread(labelled, written)


def _has_spoilt_date(text: str) -> bool:
    return any(sum(map(str.isdigit, match.group())) >= _LEAST_DIGITS for match in _DATE_LIKE.finditer(text))


def _has_unread_label(row: Row) -> bool:
    for label in find_row_labels(row, load_labels("dates"), fuzzy=True):
        after = row.join(label.last, len(row.words))
        long = len(label.phrase) >= _SHORT_PHRASE
        if label.role in _ROLES and long and sum(map(str.isdigit, after)) >= _LEAST_DIGITS:
            return True
    return False
