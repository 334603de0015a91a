# ruff: noqa: RUF001 - documents really hold these dashes
"""The figures on a row of words, also those spread over several words (``1 234,56``, ``50 .00``, ``RM 12.00 -``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from invoicewatch.extract.amounts import currencies
from invoicewatch.extract.amounts.parse import MONEY_DECIMALS, Parsed, parse_amount
from invoicewatch.extract.page.layout import CELL_GAP_CHARS, Row
from invoicewatch.records import Box, Word

_MAX_WORDS = 5
_JOIN_CHARS = 1.6
_TIGHT_CHARS = 0.9
_SIGN_JOIN_CHARS = 2.0  # a decimal sign that waits for its cents reaches further
_GROUP_JOIN_CHARS = CELL_GAP_CHARS
_MINUS = "-−–—"
_CREDIT = frozenset({"CR", "CR."})
_SPACE_GROUP_HEAD = re.compile(rf"^[{_MINUS}(]?(?:[A-Z]{{1,3}}|[€$£¥])?\d{{1,3}}$")
_SPACE_GROUP_TAIL = re.compile(r"^\d{3}(?:[.,]\d{2}\D{0,3})?\)?$")
_LONG_NUMBER = re.compile(r"\d{7}")
_GROUP = re.compile(r"^\d{3}[.,]\d{2}")
_HEAD_MISREAD = re.compile(r"(?:^|\D)(?=\S{0,2}\d)\S{1,3}$")
_DECIMALS_FOLLOW = re.compile(r"^[.,]\d{2}\b")
_PERCENT = re.compile(r"%[\W_]*$")
_SPACED_PIECE = re.compile(r"^(?:\d{1,2}|[.,])$")
_SPACED = re.compile(r"^\d{1,6}[.,]\d{2}$")
_FEWEST_SPACED = 4  # words: fewer may be a quantity and a price
_MONEY_LETTERS = 3
_SIGN_WAITS = re.compile(r"^[^\W\d_]{0,3}\d[\d.,]*[.,]$|^[.,]$")


@dataclass(frozen=True)
class Amount:
    """A figure on the page: words ``first`` up to but not including ``last`` of ``row``.

    ``others`` are other values that these words may mean, by another engine or another way to read the separators.
    ``cut`` says that the digits before it may belong to it: of ``4O 772,69`` this may be the end. ``prior`` says in
    words what else than its text decided of it, as earlier documents or a mended decimal sign, or is empty.
    """

    row: Row
    first: int
    last: int
    parsed: Parsed
    percent: bool
    others: tuple[Decimal, ...] = ()
    cut: bool = False
    prior: str = ""

    @property
    def value(self) -> Decimal:
        """The likeliest value."""
        return self.parsed.value

    @property
    def currency(self) -> str:
        """The ISO code written at the amount, or empty."""
        return self.parsed.currency

    @property
    def is_money(self) -> bool:
        """Whether it is written as money: two decimals, or a currency beside it, and no per cent sign after it.

        A long row of digits without decimals or groups is a number of something, whatever letters stand before it.
        """
        if self.percent:
            return False
        named = bool(self.parsed.currency) and not _LONG_NUMBER.search(self.text)
        return self.parsed.decimals == MONEY_DECIMALS or named

    @cached_property
    def box(self) -> Box:
        """The box around its words."""
        return self.row.box_of(self.first, self.last)

    @property
    def text(self) -> str:
        """The words it was read from."""
        return self.row.join(self.first, self.last)

    @property
    def words(self) -> tuple[Word, ...]:
        """The words it was read from."""
        return self.row.words[self.first : self.last]


def find_amounts(row: Row, char_width: float) -> list[Amount]:
    """All figures on ``row``, left to right; ``char_width`` is the page's usual width of a letter."""
    asked = (find_amounts, char_width)
    if asked not in row.memo:
        row.memo[asked] = tuple(_look_for_amounts(row, char_width))
    return list(row.memo[asked])


def _look_for_amounts(row: Row, char_width: float) -> list[Amount]:
    found: list[Amount] = []
    at = 0
    while at < len(row.words):
        amount = _find_at(row, at, char_width)
        if amount is None:
            at += 1
        else:
            found.append(amount)
            at = amount.last
    return found


def _find_at(row: Row, first: int, char_width: float) -> Amount | None:
    """The amount that begins with word ``first``, over as many words as belong to it."""
    if not any(map(str.isdigit, "".join(row.texts[first : first + 2]))):
        return None
    named = bool(currencies.find_code(row.words[first].text))
    if (last := _find_spaced(row, first + named, char_width)) is not None:
        parsed = parse_amount("".join(word.text for word in row.words[first:last]))._replace(repaired=True)
        return Amount(row, first, last, parsed, percent=False)
    for last, joined in _spans(row, first, char_width):
        try:
            parsed = parse_amount(joined)
        except ValueError:
            continue
        after = row.words[last].text if last < len(row.words) else ""
        percent = bool(_PERCENT.search(joined)) or after.startswith("%")
        others = _other_values(row.words[first:last], parsed)
        return Amount(row, first, last, parsed, percent, others, _is_cut(row, first, char_width))
    return None


def _find_spaced(row: Row, first: int, char_width: float) -> int | None:
    """Where a figure ends that is spaced letter by letter (``1 29 . 1 5``) and begins at word ``first``.

    Its decimal sign must stand alone: ``2 1 12.50`` is a row of a table.
    """
    last = first
    while last < len(row.words) and _SPACED_PIECE.match(row.words[last].text):
        if last > first and row.words[last].box.x0 - row.words[last - 1].box.x1 > _JOIN_CHARS * char_width:
            break
        last += 1
    texts = [word.text for word in row.words[first:last]]
    signs = sum(text in {".", ","} for text in texts)
    spaced = len(texts) >= _FEWEST_SPACED and signs == 1 and _SPACED.match("".join(texts))
    return last if spaced else None


def _is_cut(row: Row, first: int, char_width: float) -> bool:
    """Whether the amount begins with three digits, and a short word with a digit stands close before it."""
    if first == 0 or not _GROUP.match(row.words[first].text):
        return False
    before = row.words[first - 1]
    gap = row.words[first].box.x0 - before.box.x1
    return gap <= _GROUP_JOIN_CHARS * char_width and _HEAD_MISREAD.search(before.text) is not None


def _spans(row: Row, first: int, char_width: float) -> Iterator[tuple[int, str]]:
    """Ways to read an amount from word ``first`` on, the longest first: where it ends, and its text."""
    pieces = [row.words[first].text]
    spans = [(first + 1, pieces[0])]
    for last in range(first + 1, min(len(row.words), first + _MAX_WORDS)):
        glue = _glue_next(row, last, pieces, char_width)
        if glue is None:
            break
        pieces.append(row.words[last].text)
        spans.append((last + 1, spans[-1][1] + glue + pieces[-1]))
    yield from reversed(spans)


def _glue_next(row: Row, last: int, pieces: Sequence[str], char_width: float) -> str | None:
    """What stands between the ``pieces`` of an amount and word ``last``; totals are often printed larger."""
    gap = row.words[last].box.x0 - row.words[last - 1].box.x1
    own = max(char_width, _width_of(row.words[last - 1]), _width_of(row.words[last]))
    text = row.words[last].text
    glue = _glue(pieces[-1], text, gap / own if own else 0.0)
    if glue is None and len(pieces) > 1 and gap <= _JOIN_CHARS * own and _is_group(pieces[-2], pieces[-1], text):
        return " "
    return glue


def _is_group(before: str, left: str, right: str) -> bool:
    """Whether ``€ 742 870.99`` is one amount: nobody writes a currency before a rate or a quantity."""
    named = bool(currencies.find_code(before))
    return named and bool(_SPACE_GROUP_HEAD.match(left) and _SPACE_GROUP_TAIL.match(right))


def _width_of(word: Word) -> float:
    """The width of a letter of ``word``, where it has enough of them to tell."""
    return word.box.width / len(word.text) if len(word.text) >= _MONEY_LETTERS else 0.0


def _glue(left: str, right: str, gap_chars: float) -> str | None:
    """What stands between two words of one amount: nothing, a blank, or None where they are two things."""
    if currencies.find_code(left) or currencies.find_code(right):
        return " " if gap_chars <= _JOIN_CHARS * 4 else None
    if _SPACE_GROUP_HEAD.match(left) and _SPACE_GROUP_TAIL.match(right):
        # "6 136.49" is a rate and an amount: thousands are parted by a blank where decimals have a comma.
        return " " if gap_chars <= (_TIGHT_CHARS if "." in right else _GROUP_JOIN_CHARS) else None
    sign_waits = _SIGN_WAITS.match(left) and re.match(r"^\d{2}\b", right)
    if gap_chars > (_SIGN_JOIN_CHARS if sign_waits else _JOIN_CHARS):
        return None
    if left in _MINUS or right in _MINUS or left == "(" or right == ")" or right.upper() in _CREDIT:
        return ""
    decimals_follow = left[-1:].isdigit() and (_DECIMALS_FOLLOW.match(right) or right in {".", ","})
    return "" if decimals_follow or sign_waits else None


def _other_values(words: tuple[Word, ...], parsed: Parsed) -> tuple[Decimal, ...]:
    """Values that the other readings of the same words have, then the second way to read the separators."""
    values = []
    for n, word in enumerate(words):
        for other in word.others:
            texts = [*(w.text for w in words[:n]), other.text, *(w.text for w in words[n + 1 :])]
            try:
                values.append(parse_amount(" ".join(texts)).value)
            except ValueError:
                continue
    if parsed.other is not None:
        values.append(parsed.other)
    return tuple(dict.fromkeys(value for value in values if value != parsed.value))
