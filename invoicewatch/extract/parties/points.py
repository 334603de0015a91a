"""What speaks for a line as the seller's name where no heading says so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from math import exp
from statistics import fmean

from invoicewatch.extract.page.evidence import fold
from invoicewatch.extract.page.layout import PageView
from invoicewatch.extract.parties.lines import NameLine, is_address_like
from invoicewatch.extract.parties.signs import load_signs

# Likelihood ratios as points: learned by judgement, not fitted; `rate_points` turns the sum into a probability.
_FORM_POINTS = 4.0
_NUMBERED_POINTS = 2.0
_ADDRESS_BELOW_POINTS = 1.0
_RANK_POINTS = (2.0, 1.2, 0.6, 0.3)
_HEADER_POINTS = 3.0
_TRADE_POINTS = 1.0
_SENTENCE_POINTS = -1.5
_HOUSE_POINTS = -2.0
_UNCLEAR_POINTS = -3.0
_UNCLEAR = 60.0
_DOMAIN_POINTS = 5.5
_REPEATED_POINTS = 0.5
_OWNER_POINTS = -2.5
_REGISTERED_POINTS = 5.5
_LOW_POINTS = -1.0
_LOW_ON_PAGE = 0.4

_BEST_RATE = 0.95
_EVEN_POINTS = 4.5
_POINTS_A_STEP = 1.5

_HOST = re.compile(r"(?:@|https?://|www\.)(?:www\.)?([a-z0-9][a-z0-9.-]*)\.[a-z]{2,}", re.IGNORECASE)
_PUBLIC_HOSTS = frozenset({"gmail", "gmx", "web", "outlook", "hotmail", "yahoo", "tonline", "icloud", "orange", "free"})
_MIN_STEM = 4
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def count_points(page: PageView, line: NameLine, lines: Sequence[NameLine], hosts: Sequence[str]) -> float:
    """The points of one line among all ``lines``; ``hosts`` are what :func:`list_hosts` found."""
    signs = load_signs()
    points = _RANK_POINTS[line.rank] if line.header and line.rank < len(_RANK_POINTS) else 0.0
    points += _FORM_POINTS * line.form + _NUMBERED_POINTS * line.numbered
    points += _ADDRESS_BELOW_POINTS * _has_address_below(page, line)
    points += _DOMAIN_POINTS * any(_is_like_host(line.text, host) for host in hosts)
    points += _HEADER_POINTS * line.header + _TRADE_POINTS * (
        not line.form and signs.trade.search(line.text) is not None
    )
    points += _SENTENCE_POINTS * (not line.form and is_sentence(line.text))
    points += _HOUSE_POINTS * (line.text[-1:].isdigit() and not line.form)
    points += _UNCLEAR_POINTS * (fmean(word.confidence for word in line.words) < _UNCLEAR)
    points += _REPEATED_POINTS * any(other is not line and fold(other.text) == fold(line.text) for other in lines)
    points += _REGISTERED_POINTS * (not is_sentence(line.text) and _is_registered_below(page, line))
    points += _OWNER_POINTS * (line.rank > 0 and signs.owner.match(line.text) is not None) * (1 + line.form)
    points += _LOW_POINTS * (line.box.y0 > _LOW_ON_PAGE)
    return points


def _has_address_below(page: PageView, line: NameLine) -> bool:
    below = [row.join(first, last) for row, first, last in page.cells_below(line.box, line.last_row, 2)]
    reach = 1 + any(
        load_signs().owner.match(text) for text in below[:1]
    )  # between a shop and its address stands whose it is
    return any(is_address_like(text) for text in below[:reach])


def _is_registered_below(page: PageView, line: NameLine) -> bool:
    """Whether the next line is what the law has a company print under its name."""
    below = page.cells_below(line.box, line.last_row, 1)
    return any(load_signs().registration.search(row.join(first, last)) for row, first, last in below)


def is_sentence(text: str) -> bool:
    """Most of its longer words begin small: people write so, names do not."""
    words = [word for word in text.split() if sum(char.isalpha() for char in word) > 2]  # noqa: PLR2004
    return len(words) > 2 and 2 * sum(word[0].islower() for word in words) > len(words)  # noqa: PLR2004


def list_hosts(page: PageView) -> list[str]:
    """The registrable part of every web or mail host on the page, mail providers aside."""
    hosts = []
    for row in page.rows:
        for match in _HOST.finditer(row.text):
            stem = fold(max(match.group(1).split(".")[-2:], key=len))  # acme of www.acme.co.uk
            if len(stem) >= _MIN_STEM and stem not in _PUBLIC_HOSTS:
                hosts.append(stem)
    return hosts


def _is_like_host(name: str, host: str) -> bool:
    """Whether one holds the other; hosts write ``ü`` as ``ue`` or ``u``."""
    plain = fold(unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode())
    return any(
        host in folded or (len(folded) >= _MIN_STEM and folded in host)
        for folded in {fold(name.casefold().translate(_UMLAUTS)), plain}
    )


def is_proved_seller(line: NameLine, lines: Sequence[NameLine], hosts: Sequence[str]) -> bool:
    """A company at the head of the page whose web address is the only one that bears a name on it."""
    if not (line.header and line.form and any(_is_like_host(line.text, host) for host in hosts)):
        return False
    rivals = (other for other in lines if other.header or other.form)
    return not any(
        fold(other.text) != fold(line.text) and any(_is_like_host(other.text, host) for host in hosts)
        for other in rivals
    )


def rate_points(points: float) -> float:
    """Points to a probability, by a logistic curve: four and a half points are an even chance."""
    return _BEST_RATE / (1 + exp((_EVEN_POINTS - points) / _POINTS_A_STEP))
