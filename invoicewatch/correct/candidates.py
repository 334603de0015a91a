"""Which words are in doubt, and the few readings that each could have instead."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from invoicewatch.correct.channel import Channel
from invoicewatch.correct.guard import PageRules, is_word_misread_as_digits
from invoicewatch.correct.numbers import DIGIT_TO_LETTERS, find_repair, has_digit
from invoicewatch.correct.vocabulary import EDGES
from invoicewatch.records import Word

# Below this confidence a word is doubtful however plausible it looks (of SROIE's wrong words 93 % lie below).
_SURE = 90.0
_MOST_CANDIDATES = 4
_SHORTEST = 3
# How much likelier an engine's own alternative is than any word of the vocabulary at the same distance.
_ENGINE_BONUS = math.log(20.0)


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A reading that a word could have, its reason, and its log-probability before the model is asked.

    ``certain`` readings follow from the shape of the token alone; the model has no say.
    """

    text: str
    reason: str
    log_prior: float
    certain: bool = False


def is_doubtful(word: Word, rules: PageRules) -> bool:
    """Whether a word deserves a second look: unsure, disputed between engines, or not a known word."""
    if word.agreed:
        return False
    disputed = any(other.text != word.text for other in word.others)
    return word.confidence < _SURE or disputed or not rules.vocabulary.knows(word.text)


def keep_prior(word: Word, rules: PageRules) -> float:
    """Log-probability of the reading as it stands: how common the word is, and how sure the engine was of it."""
    core = word.text.strip(EDGES)
    error_chance = min(0.6, max(0.02, 1.0 - word.confidence / 100.0))
    return rules.vocabulary.log_frequency(core) + math.log((1.0 - error_chance) / error_chance)


def find_hypotheses(word: Word, rules: PageRules, channel: Channel) -> list[Hypothesis]:
    """The closed set of other readings, likeliest first; empty where there is nothing to choose from."""
    repair = find_repair(word.text, rules.decimal_sign)
    if repair is not None:
        return [Hypothesis(repair, "the only figure possible", 0.0, certain=True)]
    found: dict[str, Hypothesis] = {}
    for hypothesis in (*_from_engines(word, rules, channel), *_from_vocabulary(word, rules, channel)):
        known = found.get(hypothesis.text)
        if hypothesis.text != word.text and (known is None or known.log_prior < hypothesis.log_prior):
            found[hypothesis.text] = hypothesis
    return sorted(found.values(), key=lambda each: -each.log_prior)[:_MOST_CANDIDATES]


def _from_engines(word: Word, rules: PageRules, channel: Channel) -> Iterator[Hypothesis]:
    for other in word.others:
        likely = rules.vocabulary.log_frequency(other.text.strip(EDGES)) + channel.log_probability(
            other.text, word.text
        )
        yield Hypothesis(other.text, f"read by {other.engine}", likely + _ENGINE_BONUS)


def _from_vocabulary(word: Word, rules: PageRules, channel: Channel) -> Iterator[Hypothesis]:
    """Known words one or two edits away, in the case of the word as read and between its edges."""
    lead, core, tail = _cut_edges(word.text)
    if len(core) < _SHORTEST or rules.vocabulary.knows(core):
        return
    most = 1 if len(core) <= 4 else 2  # noqa: PLR2004 - in a word of four, two edits leave too little
    for near in rules.vocabulary.find_near(core, most, 3 * _MOST_CANDIDATES):
        text = lead + match_case(near, core) + tail
        if has_digit(core) and not is_word_misread_as_digits(word.text, text, rules):
            continue
        likely = rules.vocabulary.log_frequency(near) + channel.log_probability(near, core)
        yield Hypothesis(text, "known word", likely)


def match_case(word: str, model: str) -> str:
    """``word`` in lower case, written as ``model`` is: all capitals, first capital, or small."""
    letters = [char for char in model if char.isalpha()]
    upper = sum(char.isupper() for char in letters)
    if 2 * upper > len(letters) and len(word) > 1:
        return word.upper()
    # a first letter that was read as a digit or mark says nothing: the second letter's case cannot tell either
    first_big = bool(model) and (model[0].isupper() or (model[0] in DIGIT_TO_LETTERS and bool(upper)))
    return word[:1].upper() + word[1:] if first_big else word


def _cut_edges(token: str) -> tuple[str, str, str]:
    core = token.strip(EDGES)
    start = token.find(core) if core else len(token)
    return token[:start], core, token[start + len(core) :]
