"""What an edit may never do, whoever proposes it: pure rules, checked behind every processor.

A figure changes only to what the engines saw there and hold for likelier, or where it is impossible as read and exactly
one figure is possible. A word may lose misread digits if that makes it a known word; no word gains a digit. Lines stay
lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from invoicewatch.correct.numbers import DIGIT_TO_LETTERS, digits_of, find_repair, has_digit, learn_decimal_sign
from invoicewatch.correct.seen import find_odds, list_lattices
from invoicewatch.correct.words.marks import strip_stray
from invoicewatch.correct.words.vocabulary import Vocabulary
from invoicewatch.records import Box, Edit, Reading, Refusal, Word

# An edit mends misread characters; what replaces more than half of the text is another text.
_MAX_CHANGED_SHARE = 0.5
_MAX_WORDS = 8
LEAST_ODDS = 1.0
"""By so many natural logarithms the engines must hold a figure for likelier than the one that was read.

Of 413 figures in doubt on 33 scanned receipts, more would be broken than mended below this, and none above.
"""

# Words that announce an identifier; the second kind only with a mark after it (``No.``, ``Code:``).
_SURE_LABELS = frozenset({"iban", "bic", "swift", "siret", "siren", "tva", "vat", "ustid", "ust-id", "ust-idnr", "uid"})
_LABELS = frozenset(
    {"no", "nr", "num", "n°", "id", "ref", "reference", "referenz", "référence", "code", "number", "nummer", "numéro"}
)


@dataclass(frozen=True, slots=True)
class PageRules:
    """What the guard holds a page's edits against.

    Its decimal sign (or empty), the words that are known, and what people refused in the document.
    """

    decimal_sign: str
    vocabulary: Vocabulary
    refused: tuple[Refusal, ...] = ()


def learn_rules(reading: Reading, vocabulary: Vocabulary, refused: tuple[Refusal, ...] = ()) -> PageRules:
    """The rules of one page, from its raw reading and from what people refused."""
    return PageRules(learn_decimal_sign(word.text for word in reading.words), vocabulary, refused)


def find_objection(edit: Edit, reading: Reading, rules: PageRules) -> str | None:
    """Why the edit may not stand, as a phrase; None where nothing speaks against it.

    Args:
        edit: The proposal; its span counts lines and words of ``reading``.
        reading: The raw reading of the edit's page.
        rules: The page's.
    """
    words = find_words(edit, reading)
    if words is None or " ".join(word.text for word in words) != edit.before:
        return "it does not fit the raw text"
    after = edit.after.split(" ")
    objection = _object_to_shape(edit, after) or _object_to_repetition(edit, words, rules.refused)
    line = reading.lines[edit.line]
    if list_lattices(line, edit.first, edit.last):
        seen = _is_seen(edit, find_odds(line, edit.first, edit.last, edit.after))
        words = tuple(replace(word, others=()) for word in words)  # the lattices hold them, with their odds
    else:
        seen = _is_proposed(words, after)
    if objection or seen or edit.after == strip_stray(edit.before):
        return objection
    return (
        _object_to_figures(words, after, rules)
        or _object_to_identifier(edit, reading)
        or _object_to_distance(edit.before, edit.after)
    )


def find_words(edit: Edit, reading: Reading) -> tuple[Word, ...] | None:
    """The raw words that the edit replaces; None where its span is not on the page."""
    if edit.page != reading.page or not 0 <= edit.line < len(reading.lines):
        return None
    words = reading.lines[edit.line].words
    return words[edit.first : edit.last] if 0 <= edit.first < edit.last <= len(words) else None


def _is_seen(edit: Edit, odds: float | None) -> bool:
    """Whether engines saw what an edit makes of words, and hold it for likely enough if it changes a figure."""
    before, after = (list(filter(has_digit, text.split())) for text in (edit.before, edit.after))
    return odds is not None and (before == after or odds >= LEAST_ODDS)


def _object_to_shape(edit: Edit, after: Sequence[str]) -> str | None:
    if len(after) > _MAX_WORDS or not all(_is_clean(token) for token in after):
        return "it is not words on one line"
    return "it changes nothing" if edit.after == edit.before else None


def _object_to_repetition(edit: Edit, words: Sequence[Word], refused: Sequence[Refusal]) -> str | None:
    placed = replace(edit, box=Box.around(word.box for word in words))
    return "a person refused it" if any(refusal.meets(placed) for refusal in refused) else None


def _is_clean(token: str) -> bool:
    return bool(token) and token.isprintable() and not any(char.isspace() for char in token)


def _is_proposed(words: Sequence[Word], after: Sequence[str]) -> bool:
    """Whether each new word is the raw one or what an engine read in its place."""
    return len(words) == len(after) and all(
        token == word.text or any(token == other.text for other in word.others)
        for word, token in zip(words, after, strict=True)
    )


def _object_to_figures(words: Sequence[Word], after: Sequence[str], rules: PageRules) -> str | None:
    before = [word.text for word in words]
    if not any(map(has_digit, before)) and not any(map(has_digit, after)):
        return None
    if len(before) != len(after):
        return "it joins or splits text with digits"
    for word, token in zip(words, after, strict=True):
        if not _may_become(word, token, rules):
            return f"'{word.text}' may not become '{token}'"
    return None


def _may_become(word: Word, after: str, rules: PageRules) -> bool:
    """Whether one word may become another as far as digits go."""
    before = word.text
    if after == before or _is_proposed((word,), (after,)):
        return True
    if not has_digit(before) and not has_digit(after):
        return True
    if after in {find_repair(before, rules.decimal_sign), strip_stray(before)}:
        return True
    return is_word_misread_as_digits(before, after, rules)


def is_word_misread_as_digits(before: str, after: str, rules: PageRules) -> bool:
    """Whether ``before`` is the known word ``after`` with letters misread as digits, and nothing else."""
    if has_digit(after) or len(before) != len(after) or not rules.vocabulary.knows(after):
        return False
    letters = sum(char.isalpha() for char in before)
    pairs = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    return letters > len(digits_of(before)) and all(new in DIGIT_TO_LETTERS.get(old, "") for old, new in pairs)


def _object_to_identifier(edit: Edit, reading: Reading) -> str | None:
    """What follows a label such as ``No.:`` or ``BIC`` is an identifier, not a word to mend."""
    line = reading.lines[edit.line].words
    position = edit.first - 1
    marked = False
    while position > 0 and not any(char.isalnum() for char in line[position].text):
        marked = True
        position -= 1
    if position < 0:
        return None
    label = line[position].text.casefold()
    name = label.strip(".:#;,")
    identifier = name in _SURE_LABELS or (name in _LABELS and (marked or label != name))
    return "it changes an identifier" if identifier else None


def _object_to_distance(before: str, after: str) -> str | None:
    allowed = max(1.0, _MAX_CHANGED_SHARE * max(len(before), len(after)))
    return "it changes too much" if Levenshtein.distance(before, after) > allowed else None
