"""Which amount stands for what: labels tied to the amounts beside and below them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest

from invoicewatch.extract.amounts.currencies import find_code
from invoicewatch.extract.amounts.parse import MONEY_DECIMALS, Parsed
from invoicewatch.extract.amounts.roles import SUM_ROLES, TAX_ROLES, AmountRole
from invoicewatch.extract.amounts.rows import Amount
from invoicewatch.extract.page.found import FoundBy
from invoicewatch.extract.page.labels import Label
from invoicewatch.extract.page.layout import Row
from invoicewatch.extract.total.reading.sheet import Sheet, find_tax_tables
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import TotalTies, TotalWeights
from invoicewatch.records import Source

_COLUMN_ROLES = SUM_ROLES | TAX_ROLES | {AmountRole.NET}
_BESIDE_ROLES = frozenset({AmountRole.CASH, AmountRole.CHANGE, AmountRole.ROUNDING})
_CLEAR_LABEL = 0.85  # one letter of seven may be misread: what differs more may be another phrase
_PLAIN_WEIGHT = 0.8  # beside its label, or on a row that slipped; no looser tie proves anything
_NEAR_LINES = 0.9  # lines: a row a whole line away is the next one
_MANY_CELLS = 3
_WORD = 3
_PLENTY = 3
_MOST_DIGITS = 7
_GROUPED = re.compile(r"\d[.,'\u2019]\d{3}")
_GROUPS_OF_CENTS = re.compile(r"^\d+$")
_SIGN_MISREAD = re.compile(r"^[^\W\d_]{0,3}(\d{1,5})[-:;_~](\d{2})$")


@dataclass(frozen=True)
class Claim:
    """That ``amount`` has ``role``, because ``label`` says so.

    ``weight`` is 1 where the amount stands right beside its label, less where the tie is looser. ``in_table`` says
    that the row holds several amounts, or that a heading of tax by rate stands above: a column's sum, hardly the total.
    ``headed`` says that the label is the heading of a column with this one amount in it, on the very next row.
    """

    role: AmountRole
    amount: Amount
    label: Label
    weight: float
    in_table: bool
    headed: bool = False

    @property
    def value(self) -> Decimal:
        """The amount's likeliest value."""
        return self.amount.value

    @property
    def place(self) -> tuple[int, int]:
        """Page and row of the amount: claims compare in reading order by it."""
        return self.amount.row.page, self.amount.row.number

    @property
    def clear(self) -> bool:
        """Whether the label was read clearly."""
        return self.label.score >= _CLEAR_LABEL

    @property
    def plain(self) -> bool:
        """Whether a label that was read clearly stands right beside the amount, and not over a column."""
        return self.clear and self.weight >= _PLAIN_WEIGHT and not (self.in_table or self.qualified)

    @property
    def qualified(self) -> bool:
        """Whether more words follow the label (``Total 0% supplies``): then it may be a total of something else."""
        if self.label.row != self.amount.row:
            return False
        between = self.label.row.words[self.label.last : self.amount.first]
        return any(_is_word(word.text) for word in between)

    @property
    def text(self) -> str:
        """Label and amount as they stand on the page."""
        if self.label.row == self.amount.row and self.label.first < self.amount.last:
            return self.amount.row.join(self.label.first, self.amount.last)
        return f"{self.label.text} {self.amount.text}"


def _is_word(text: str) -> bool:
    """Whether ``text`` is a word, and neither a figure (``GST@6%``) nor a currency."""
    letters = sum(char.isalpha() for char in text)
    return letters >= _WORD and not any(char.isdigit() for char in text) and not find_code(text)


def find_claims(sheet: Sheet) -> list[Claim]:
    """All claims of a page in reading order."""
    cents = sum(len(sheet.money(n)) for n in range(len(sheet.page.rows))) >= _PLENTY
    in_tax_table = find_tax_tables(sheet)
    claims: list[Claim] = []
    for n, labels in enumerate(sheet.labels):
        for label, following in zip_longest(labels, labels[1:]):
            beside = list(_claim_beside(sheet, n, label, following, cents=cents))
            if n in in_tax_table:
                beside = [replace(claim, in_table=True) for claim in beside]
            claims += [_settle_role(claim) for claim in beside or _claim_around(sheet, n, label)]
    return claims


def _settle_role(claim: Claim) -> Claim:
    """A rounding of a unit or more is no rounding: ``Rounding 27.30`` is the total after it."""
    if claim.role is AmountRole.ROUNDING and claim.value >= 1:
        return replace(claim, role=AmountRole.PAYABLE, weight=_load_ties().too_large_for_rounding * claim.weight)
    return claim


def _claim_beside(sheet: Sheet, n: int, label: Label, following: Label | None, *, cents: bool) -> Iterator[Claim]:
    """Amounts right of the label, up to the next label on the row."""
    end = following.first if following else len(label.row.words)
    # The currency may belong to both: "Total RM" and "RM 27.30".
    beside = [a for a in sheet.money(n) if label.last < a.last and label.first <= a.first < end]
    if not beside and (loose := _find_loose(sheet, n, label.last, end, cents=cents)):
        beside = [loose]
    role, ties = AmountRole(label.role), _load_ties()
    if len(beside) == 1:
        yield Claim(role, beside[0], label, ties.beside, in_table=False)
    elif role in TAX_ROLES and beside:
        yield Claim(role, beside[-1], label, ties.last_tax_beside, in_table=True)
    elif role is AmountRole.AMOUNT_DUE and beside:
        yield Claim(role, beside[0], label, ties.first_due_beside, in_table=True)
    else:
        for amount in beside:
            yield Claim(role, amount, label, ties.one_of_several, in_table=True)


def _find_loose(sheet: Sheet, n: int, first: int, end: int, *, cents: bool) -> Amount | None:
    """A figure beside a label that lost its decimal sign (``80 91``, ``8091``) or has none by custom (``150.000``)."""
    row = sheet.page.rows[n]
    if cents and end - first == 1 and (match := _SIGN_MISREAD.match(row.words[first].text)):
        return _mend(row, first, end, match.group(1) + match.group(2))
    figures = [a for a in sheet.amounts[n] if first <= a.first < end and not a.percent]
    if not figures or _counts_otherwise(row, first, end, figures[-1]):
        return None
    last = figures[-1]
    text = last.text
    two_words = len(figures) > 1 and figures[-2].last == last.first and len(text) == MONEY_DECIMALS
    if cents and sheet.page.source is not Source.TEXT_LAYER:
        if two_words and _GROUPS_OF_CENTS.match(figures[-2].text) and _GROUPS_OF_CENTS.match(text):
            return _mend(row, figures[-2].first, last.last, figures[-2].text + text)
        if _GROUPS_OF_CENTS.match(text) and MONEY_DECIMALS < len(text) <= _MOST_DIGITS:
            return _mend(row, last.first, last.last, text)
        return None
    long = sum(char.isdigit() for char in text) > _MOST_DIGITS and not _GROUPED.search(text)  # VAT FR 05 987 654 321
    return last if last.parsed.decimals in {0, 1} and len(figures) == 1 and not long else None


def _counts_otherwise(row: Row, first: int, end: int, figure: Amount) -> bool:
    """Whether a rate stands there, or a word follows the figure: ``montant total. 360 jours`` counts days."""
    after = row.words[figure.last].text if figure.last < len(row.words) else ""
    rated = any("%" in word.text or "@" in word.text for word in row.words[first:end])
    return rated or (_is_word(after) and not figure.currency)


def _mend(row: Row, first: int, last: int, digits: str) -> Amount:
    value = Decimal(digits).scaleb(-MONEY_DECIMALS)
    parsed = Parsed(value, MONEY_DECIMALS, repaired=True, other=Decimal(digits), decimal_sign="", currency="")
    return Amount(row, first, last, parsed, False, (Decimal(digits),), prior=FoundBy.SIGN_MENDED)


def _claim_around(sheet: Sheet, n: int, label: Label) -> Iterator[Claim]:
    """Amounts of a label that has none beside it: on a row that slipped, in its column, or right below."""
    role, ties = AmountRole(label.role), _load_ties()
    if role not in _COLUMN_ROLES | _BESIDE_ROLES:
        return
    slipped = _find_slipped(sheet, n, label)
    if slipped:
        yield Claim(role, slipped, label, ties.slipped, in_table=False)
        return
    heads = len(sheet.labels[n]) > 1 or len(label.row.cells) >= _MANY_CELLS
    if role not in _COLUMN_ROLES or sheet.money(n):
        return
    if heads:
        if column := _find_column(sheet, n, label):
            headed = len(column) == 1 and column[0].row.number == label.row.number + 1
            yield Claim(role, column[-1], label, ties.column, in_table=True, headed=headed)
    elif below := _find_below(sheet, n, label):
        yield Claim(role, below, label, ties.below, in_table=False)


def _load_ties() -> TotalTies:
    return load_weights(TotalWeights).tie


def _find_slipped(sheet: Sheet, n: int, label: Label) -> Amount | None:
    """The one amount right of the label on the next row up or down, if that row is close and has no label itself."""
    rows = sheet.page.rows
    for other in (n + 1, n - 1):
        if not 0 <= other < len(rows) or sheet.labels[other]:
            continue
        money = [a for a in sheet.money(other) if a.box.x0 >= label.box.x1]
        apart = abs(rows[other].box.middle[1] - label.box.middle[1])
        if len(money) == 1 and len(rows[other].cells) == 1 and apart < _NEAR_LINES * sheet.page.line_height:
            return money[0]
    return None


def _find_column(sheet: Sheet, n: int, label: Label) -> list[Amount]:
    """The amounts under a heading, down to the first row without amounts."""
    column = []
    for row in range(n + 1, len(sheet.page.rows)):
        money = sheet.money(row)
        under = [a for a in money if min(a.box.x1, label.box.x1) > max(a.box.x0, label.box.x0)]
        if not money:
            break
        column += under[:1]
    return column


def _find_below(sheet: Sheet, n: int, label: Label) -> Amount | None:
    """The amount right below the label, if it has its cell for itself."""
    for row, first, last in sheet.page.cells_below(label.box, n, reach=2):
        money = [a for a in sheet.money(row.number) if first <= a.first < last]
        if sheet.labels[row.number]:
            return None
        if len(money) == 1 and money[0].first <= first + 1 and last <= money[0].last + 1:
            return money[0]
    return None
