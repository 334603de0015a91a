"""Judge a first reading as a whole: does a second opinion of the whole page pay, may it lie on its side?"""

from __future__ import annotations

from statistics import median

from invoicewatch.records import Doubt, Doubts, Reading, Word

SURE = 90.0
"""From this confidence on Tesseract is right in nine words of ten or more."""

_CLEAR = 85.0
_POOR_SHARE = 0.8  # below: words lost in bars of ink or under stamps, and what was read of lines and logos
_POOR_TILL_SHARE = 0.95  # of a till's roll: worn ribbons and thin paper make engines surely wrong, and it is soon read
_TILL_COLUMNS = 80  # rolls have 32 to 56 characters across, sheets of paper a hundred and more
_TURNED_SHARE = 0.15  # a page on its side or head gives a twentieth at most, a bad copy upright seldom less than this
_MIN_LETTERS = 12  # less on a page is no text, or text that was not seen


def find_poor_page(reading: Reading) -> Doubts:
    """A doubt about the whole page where the reading is poor.

    What is good enough for a sheet of paper is not for a till's roll, told by its wide characters.
    """
    share = measure_clarity(reading)
    width = median(word.box.width / len(word.text) for word in reading.words) if reading.words else 0.0
    least = _POOR_TILL_SHARE if width * _TILL_COLUMNS > 1 else _POOR_SHARE
    if share >= least:
        return Doubts()
    return Doubts((Doubt(reading.page, None, "", f"only {share:.0%} of the words were read clearly"),))


def measure_clarity(reading: Reading) -> float:
    """The share of words that were read clearly, 0-1; 0 where there are few at all.

    Words are counted, not letters: what an engine makes of pictures, rules and dirt are many short words, and they
    tell a poor page from one with long numbers that no dictionary knows.
    """
    words = [word for word in reading.words if _has_text(word)]
    if sum(len(word.text) for word in words) < _MIN_LETTERS:
        return 0.0
    return sum(word.confidence >= _CLEAR for word in words) / len(words)


def may_be_turned(reading: Reading) -> bool:
    """Whether so little was read that the page may lie on its side or stand on its head."""
    return measure_quality(reading) < _TURNED_SHARE


def measure_quality(reading: Reading) -> float:
    """The share of letters and digits in words that were read with confidence, 0-1; 0 where there are few at all."""
    letters = [(sum(map(str.isalnum, word.text)), word.confidence >= SURE) for word in reading.words]
    total = sum(count for count, _ in letters)
    if total < _MIN_LETTERS:
        return 0.0
    return sum(count for count, sure in letters if sure) / total


def _has_text(word: Word) -> bool:
    return any(map(str.isalnum, word.text))
