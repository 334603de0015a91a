"""What else Tesseract saw in a word: at each place of it, the characters that were nearly as likely.

Its recogniser gives them with ``lstm_choice_mode=2``, to the library as costs and to the program's hOCR as confidences
(``GetBestLSTMSymbolChoices`` and ``GetHOCRText`` in
https://github.com/tesseract-ocr/tesseract/tree/5.3.0/src/api). It costs less than a tenth of the reading.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from heapq import nlargest
from html import unescape
from math import exp

from invoicewatch.records import Lattice
from invoicewatch.records.reading import MOST_PATHS

SETTINGS = {"lstm_choice_mode": "2"}
"""What Tesseract must be told."""

Choices = Sequence[Sequence[tuple[str, float]]]
"""Of a word: for each place the characters that may stand there with their costs, 0 and up, the least cost first."""

_PER_COST = 5.0  # points of confidence; Tesseract's ``lstm_rating_coefficient``
_MOST_COST = 100.0 / _PER_COST
# Of 2,693 words of scanned receipts, what they said is likeliest where so many costs count as a natural logarithm, and
# where what Tesseract settled on, by its dictionary too, is so much likelier than its choices alone say.
_PER_NAT = 5.0
_SETTLED = 3.0
_CLEAR = 0.9  # a word of this probability was read clearly

_CHOICE = re.compile(r"x_confs ([\d.]+)'>([^<]+)<")


def keep_choices(places: Choices) -> Choices:
    """What the library gives as the program would: the best at each place, and what has any confidence at all."""
    return tuple(_keep_likely(place) for place in places)


def parse_choices(hocr: str) -> tuple[Choices, ...]:
    """For each word of Tesseract's hOCR its choices."""
    words = hocr.split("class='ocrx_word'")[1:]
    return tuple(tuple(_parse_place(place) for place in word.split("id='lstm_choices_")[1:]) for word in words)


def find_lattices(texts: Sequence[str], first: int, choices: Choices, engine: str) -> tuple[Lattice, ...]:
    """What a word may say that was read as ``texts`` and is the ``first`` of its line; none if it was read clearly.

    A word that came with a space inside, as some scripts do, has none.
    """
    if len(texts) != 1 or not choices:
        return ()
    shares: dict[str, float] = defaultdict(float)
    for text, share in _join(choices):
        if clean := "".join(text.split()):
            shares[clean] += share
    shares[texts[0]] *= _SETTLED
    if shares[texts[0]] >= _CLEAR * sum(shares.values()):
        return ()
    return (Lattice.of_shares(first, first + 1, engine, texts[0], shares),)


def _parse_place(place: str) -> tuple[tuple[str, float], ...]:
    found = ((unescape(text), float(confidence)) for confidence, text in _CHOICE.findall(place))
    return _keep_likely([(text, (100.0 - confidence) / _PER_COST) for text, confidence in found])


def _keep_likely(place: Sequence[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    likely = tuple((text, cost) for text, cost in place if cost < _MOST_COST)
    return likely or tuple((text, _MOST_COST) for text, _ in place[:1])


def _join(choices: Choices) -> list[tuple[str, float]]:
    joined = [("", 1.0)]
    for place in choices:
        every = [(text + sign, share * exp(-cost / _PER_NAT)) for text, share in joined for sign, cost in place]
        joined = nlargest(MOST_PATHS, every, key=lambda each: each[1]) or joined
    return joined
