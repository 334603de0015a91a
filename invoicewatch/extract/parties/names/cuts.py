"""What may be a name within a line: before a number or a title, after a greeting, between dashes, in larger type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from invoicewatch.extract.labels.words import write_pattern
from invoicewatch.extract.page.evidence import fold
from invoicewatch.extract.page.legal_forms import find_legal_form
from invoicewatch.extract.parties.names.brands import is_brand
from invoicewatch.extract.parties.names.lines import clean_name
from invoicewatch.extract.parties.names.printed import TextLine
from invoicewatch.extract.parties.names.shop_numbers import drop_shop_number
from invoicewatch.extract.parties.names.words import match_lead, match_tail
from invoicewatch.records import Word

_MAX_PARTS = 3
_MAX_BRAND_WORDS = 4
_LARGE_TYPE = 1.4
_PART = re.compile(r"^[-–—|·•●*:/]+$|[,;|:]$")  # noqa: RUF001 - a word that ends a part of a line
_JUNK = re.compile(r"^[\W_]*\w?[\W_]*$")
_NUMBERED = re.compile(r"^[#(\[]*\W*\w{0,2}\d")
_LABEL_WORD = re.compile(r"^\w{1,6}[.:]$")
_FORM_WITH_NOUGHTS = re.compile(r"(?:\bsp\.?\s?z\.?|\bd\.|\bs\.\s?r\.)\s?[0o]\.\s?(?:[0o]\.?)?$", re.IGNORECASE)
_EDGES = " .,;:-–—_*=~|'\"`<>/\\°^#+“”„«»®™©[]{}"  # noqa: RUF001


class Cut(NamedTuple):
    """Words of a line and the way they were cut out; ``text`` where it is less than the words say."""

    words: tuple[Word, ...]
    how: str
    text: str | None = None


def cut_line(line: TextLine, hosts: Sequence[str]) -> Iterator[Cut]:
    """The line itself and what may be a name in it."""
    words = line.words
    yield Cut(words, "line")
    cleaned = clean_name(line.text)
    yield Cut(_find_span(words, cleaned), "clean", cleaned)
    inner = _drop_junk(words)
    yield Cut(inner, "line")
    words = inner
    lead = match_lead([word.text for word in words])
    if lead:
        words = words[lead:]
        yield Cut(words, "lead")
        cleaned = clean_name(" ".join(word.text for word in words))
        yield Cut(_find_span(words, cleaned), "lead", cleaned)
    yield from _cut_tail(words, at_top=line.row.number == 0)
    yield from _cut_parts(words)
    yield from _cut_large(line)
    yield from _find_inside(line, hosts)


def _find_span(words: tuple[Word, ...], text: str) -> tuple[Word, ...]:
    """The words that hold ``text``; all of them where it ends inside a word."""
    folded, parts = fold(text), [fold(word.text) for word in words]
    for first in range(len(parts)):
        joined = ""
        for last in range(first, len(parts)):
            joined += parts[last]
            if joined == folded:
                return words[first : last + 1]
            if not folded.startswith(joined):
                break
    return words


def _drop_junk(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Without what engines make of rules and pictures at the ends: single characters."""
    first, last = 0, len(words)
    while first < last - 1 and _JUNK.match(words[first].text):
        first += 1
    while last - 1 > first and _JUNK.match(words[last - 1].text):
        last -= 1
    return words[first:last]


def _cut_tail(words: tuple[Word, ...], *, at_top: bool) -> Iterator[Cut]:
    """Before the first number, before words such as ``Tel`` or ``Filiale``, and up to a legal form.

    The number of a shop stays behind its name.
    """
    texts = [word.text for word in words]
    for ends in (_is_number_at, _is_tail_at):
        end = next((n for n in range(1, len(words)) if ends(texts, n)), None)
        if end is not None:
            yield Cut(words[: _pass_shop_number(texts, end, at_top=at_top)], "head")
    form = find_legal_form(" ".join(texts))
    if form:
        end, length = 0, -1
        while end < len(words) and length < form.end():
            length += 1 + len(texts[end])
            end += 1
        if end < len(words):
            yield Cut(words[:end], "head")


def _pass_shop_number(texts: Sequence[str], end: int, *, at_top: bool) -> int:
    """Where a name ends that is cut at ``end``: behind the shop's number, if that is what stands there."""
    name = fold("".join(texts[:end]))
    for last in range(end + 1, min(end + 2, len(texts)) + 1):
        whole = " ".join(texts[:last])
        bare = drop_shop_number(whole, at_top=at_top)
        if bare != whole and name.startswith(fold(bare)):
            return last
    return end


def _is_number_at(texts: Sequence[str], n: int) -> bool:
    return _NUMBERED.match(texts[n]) is not None


def _is_tail_at(texts: Sequence[str], n: int) -> bool:
    """``Tel``, ``Filiale``; ``Puh. 0107``: any short word with its stop before a number; ``Hauptstraße``."""
    if match_tail(texts[n:]) or _load_street_word().search(texts[n]):
        return True
    return n + 1 < len(texts) and _LABEL_WORD.match(texts[n]) is not None and texts[n + 1][:1].isdigit()


@cache
def _load_street_word() -> re.Pattern[str]:
    return re.compile(rf"\w{write_pattern('addresses', 'street_word')}$", re.IGNORECASE)


def _cut_parts(words: tuple[Word, ...]) -> Iterator[Cut]:
    """What stands between dashes, commas, brackets and bars, from the left."""
    starts = [0]
    for n, word in enumerate(words):
        if n and word.text[:1] in "([":
            starts.append(n)
        if _PART.search(word.text):
            starts.append(n + 1)
    bounds = [*dict.fromkeys(starts), len(words)]
    spans = [(first, last) for first, last in pairwise(bounds) if last > first]
    if len(spans) > 1:
        for first, last in spans[:_MAX_PARTS]:
            yield Cut(words[first:last], "part" if first else "head")


def _cut_large(line: TextLine) -> Iterator[Cut]:
    """The words in larger type than the others."""
    heights = [word.box.height for word in line.words]
    limit = _LARGE_TYPE * min(heights)
    if max(heights) >= limit:
        large = tuple(word for word in line.words if word.box.height * _LARGE_TYPE > max(heights))
        if large != line.words:
            yield Cut(large, "large")


def _find_inside(line: TextLine, hosts: Sequence[str]) -> Iterator[Cut]:
    """The longest run of words at the beginning that is a brand, and any that is the name of a host."""
    folded = [fold(word.text) for word in line.words]
    for count in range(min(_MAX_BRAND_WORDS, len(folded) - 1), 0, -1):
        if is_brand("".join(folded[:count])) and not _is_numbered(line, count):
            yield Cut(line.words[:count], "brand")
            break
    for first in range(len(folded)):
        for last in range(first + 1, min(first + _MAX_BRAND_WORDS, len(folded)) + 1):
            if last - first < len(folded) and "".join(folded[first:last]) in hosts and not _is_numbered(line, last):
                yield Cut(line.words[first:last], "host")


def _is_numbered(line: TextLine, count: int) -> bool:
    """Whether the shop's number follows the first ``count`` words."""
    texts = [word.text for word in line.words]
    return _pass_shop_number(texts, count, at_top=line.row.number == 0) > count


def close_up(words: Sequence[Word]) -> str:
    """The words as text without what hangs at the ends; letters set apart are closed up: ``A C M E``."""
    texts = [word.text for word in words]
    apart = len(texts) > 2 and all(len(text) == 1 and text.isalpha() for text in texts)  # noqa: PLR2004
    text = ("" if apart else " ").join(texts)
    bare = text.strip(_EDGES)
    form = find_legal_form(f"{bare}.")
    ended = form is not None and form.end() == len(bare) + 1 and f"{bare}." in text  # Ltd., S.p.A.
    return _mend_form(_balance(f"{bare}." if ended else bare))


def _mend_form(text: str) -> str:
    """A legal form has no figures: ``sp. z 0.0.`` was ``o.o.``."""
    return _FORM_WITH_NOUGHTS.sub(lambda match: match.group().replace("0", "o"), text)


def _balance(text: str) -> str:
    """Without a bracket that is opened and never closed, or the other way round, at the ends."""
    if text.startswith("(") and ")" not in text:
        text = text[1:]
    if text.endswith(")") and "(" not in text:
        text = text[:-1]
    text = text.removesuffix("(")
    return text.strip()
