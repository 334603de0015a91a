"""Find words of a PDF's text layer that may be a cipher of what the page shows.

A font's character map can be off by a constant, or send every digit to another; the text then has every letter in its
place and says something else. What looks like that is compared with the picture before it is believed; what does not
costs nothing. Each font is judged alone, for each has a map of its own.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log2, sqrt
from operator import itemgetter

from invoicewatch.records import Word

_COMPARED = 4  # words of each kind: enough to tell a cipher from a misread letter
_ENOUGH_LETTERS = 40
# Of 1,000 Latin letters, accents dropped: rounded means of English, German, French, Italian, Spanish, Dutch and Polish.
_FREQUENCIES = dict(
    zip(
        string.ascii_lowercase,
        (83, 16, 31, 41, 135, 13, 19, 25, 75, 8, 14, 44, 28, 74, 65, 27, 6, 66, 66, 65, 41, 14, 13, 3, 10, 17),
        strict=True,
    )
)
# The mean log2 of a letter's frequency, and how much lower it may be for each 1 / sqrt(letters). In 150 pages of eleven
# languages no font comes below -4.46, slack included; of 450 random ciphers of their letters 6 stay above -4.55.
_MIN_MEAN, _SLACK = -4.55, 1.6
_ENOUGH_WORDS = 10
_INSIDE = re.compile(r"[^\W\d_][\\^`{|}~\[\]<>;=?][^\W\d_]")  # signs that stand in no word
_MAX_INSIDE = 0.05  # of words; an address of the web or a formula has one
_ENOUGH_DIGITS = 60
_MIN_ZEROS = 0.05  # of digits: amounts, years and accounts are full of them
_MIN_DIGITS = 3  # of a word worth comparing
_MIN_LETTERS = 4

_DATE = re.compile(r"(?<![\d.,/-])(\d{1,4})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_YEAR = re.compile(r"(?<![\d.,-])20[0-3]\d(?![\d.,-])")
_YEARS = range(1950, 2100)
_DAYS, _MONTHS = 31, 12


def find_odd_words(fonts: Mapping[str, Sequence[Word]]) -> tuple[Word, ...]:
    """Words to compare with the picture, from every font whose letters or digits look like a cipher; else none.

    Args:
        fonts: The page's words in the order of its content, by the name of their font.
    """
    everything = [word for words in fonts.values() for word in words]
    odd: list[Word] = []
    for words in (*fonts.values(), everything):
        text = fold_letters(word.text for word in words)
        if _has_odd_letters(text) or _has_signs_inside(words):
            odd.extend(_choose(words, str.isalpha, _MIN_LETTERS))
        if _has_odd_digits(words, text):
            odd.extend(_choose(words, str.isdigit, _MIN_DIGITS))
    return tuple(dict.fromkeys(odd))


def fold_letters(texts: Iterable[str]) -> str:
    """The texts with a space between them, in lower case and without accents."""
    plain = unicodedata.normalize("NFKD", " ".join(texts))
    return "".join(character for character in plain if not unicodedata.combining(character)).lower()


def _has_odd_letters(text: str) -> bool:
    """Whether the letters are not as frequent as in any language written in Latin letters."""
    letters = [character for character in text if character.isascii() and character.isalpha()]
    if len(letters) < _ENOUGH_LETTERS:
        return False
    mean: float = sum(log2(_FREQUENCIES[letter] / 1000) for letter in letters) / len(letters)
    return mean < _MIN_MEAN - _SLACK / sqrt(len(letters))


def _has_signs_inside(words: Sequence[Word]) -> bool:
    """Whether signs stand among the letters of words, as they do where letters beyond z were sent."""
    return len(words) >= _ENOUGH_WORDS and sum(bool(_INSIDE.search(w.text)) for w in words) > _MAX_INSIDE * len(words)


def _has_odd_digits(words: Sequence[Word], text: str) -> bool:
    """Whether dates cannot be, no account has its check digits, or hardly any digit is a zero.

    A possible date or year, or an account whose check digits are right, vouches for all digits of its font: hardly any
    cipher leaves one.
    """
    dates = [_is_possible_date(match) for match in _DATE.finditer(text)]
    accounts = [_has_check_digits(match.group()) for match in _IBAN.finditer(" ".join(word.text for word in words))]
    if any(accounts) or (sum(dates) * 2 >= len(dates) if dates else _YEAR.search(text)):
        return False
    digits = [character for character in text if character.isdigit()]
    return bool(dates or accounts) or (len(digits) >= _ENOUGH_DIGITS and digits.count("0") < _MIN_ZEROS * len(digits))


def _is_possible_date(match: re.Match[str]) -> bool:
    first, middle, last = match[1], int(match[3]), match[4]
    if len(first) > 2:  # noqa: PLR2004 - the year leads
        return len(first) == 4 and int(first) in _YEARS and 1 <= middle <= _MONTHS and 1 <= int(last) <= _DAYS  # noqa: PLR2004
    days = sorted((int(first), middle))
    year = len(last) == 2 or int(last) in _YEARS  # noqa: PLR2004
    return year and 1 <= days[0] <= _MONTHS and days[1] <= _DAYS


def _has_check_digits(text: str) -> bool:
    """ISO 13616: the account, its first four characters last and letters as numbers from 10, leaves 1 over by 97."""
    account = text.replace(" ", "")
    # what follows the account in the text may look like a part of it
    return any(_leaves_one(account[:length]) for length in range(15, len(account) + 1))


def _leaves_one(account: str) -> bool:
    return int("".join(str(int(character, 36)) for character in account[4:] + account[:4])) % 97 == 1


def _choose(words: Sequence[Word], is_kind: Callable[[str], bool], least: int) -> list[Word]:
    """The words with the most characters of a kind, of ``least`` and more."""
    counted = [(sum(map(is_kind, word.text)), word) for word in words]
    enough = sorted((pair for pair in counted if pair[0] >= least), key=itemgetter(0), reverse=True)
    return [word for _, word in enough[:_COMPARED]]
