"""Which words are in doubt, and the few readings that each could have instead."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from invoicewatch.correct.guard import PageRules, is_word_misread_as_digits
from invoicewatch.correct.numbers import find_repair, has_digit
from invoicewatch.correct.words.channel import Channel
from invoicewatch.correct.words.forms import find_cores, is_inflection, match_case
from invoicewatch.correct.words.marks import mend_marks, mend_tax_code, split_words
from invoicewatch.correct.words.of_page import PageWords
from invoicewatch.correct.words.vocabulary import EDGES
from invoicewatch.records import Line, Reading, Word

# Below this confidence a word is doubtful however plausible it looks (of SROIE's wrong words 93 % lie below).
_SURE = 90.0
_MOST_CANDIDATES = 3
_SHORTEST = 2
_SHORT = 3
_TWO_EDITS_FROM = 5
# An engine's own alternative is likelier than a word of the vocabulary at the same distance by this much.
_ENGINE_BONUS = math.log(3.0)
_LEAST_ERROR, _MOST_ERROR = 0.02, 0.8
# What no print can be, as a log-probability; and how far behind a candidate may be for the model to be asked at all.
IMPOSSIBLE = -20.0
HOPELESS = -7.5
# In a line of which less than this share is known words or figures, little can be told about any word: a candidate
# must be better by this much.
_LEGIBLE = 0.34
_NOISE = -3.0
# Endings that a word read with this confidence does not exchange for one another: grammar, not misreading.
_ENDING_SURE = 75.0


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A reading that words could have, its reason, and its log-probability before the model is asked."""

    text: str
    reason: str
    log_prior: float


@dataclass(frozen=True, slots=True)
class Case:
    """Word ``position`` of a line, how likely it is as it stands, and what it could be instead.

    Where ``certain`` is set the word cannot stand as it was read, and it is what it becomes unless a hypothesis
    is better.
    """

    line: int
    position: int
    log_prior: float
    hypotheses: tuple[Hypothesis, ...] = ()
    certain: Hypothesis | None = None


class Candidates:
    """Finds what may have to change on one page."""

    def __init__(self, words: PageWords, rules: PageRules, channel: Channel) -> None:
        self._words = words
        self._rules = rules
        self._channel = channel

    def find_cases(self, reading: Reading) -> Iterator[Case]:
        """Everything on the page that may have to change, in reading order."""
        head = _count_head_lines(reading)
        for number, line in enumerate(reading.lines):
            penalty = 0.0 if self._is_legible(line) else _NOISE
            for position in range(len(line.words)):
                certain = self._find_certain(number, line, position)
                case = self._find_doubtful(number, line, position, certain, penalty, in_head=number < head)
                if case is not None:
                    yield case

    def make_case(self, line: int, position: int, word: Word, text: str, reason: str) -> Case:
        """The case of a reading that was proposed from elsewhere, judged as one of our own."""
        core = text.strip(EDGES)
        likely = self._words.log_probability(core) + self._channel.log_probability(text, word.text)
        return Case(line, position, self._keep_prior(word), (Hypothesis(text, reason, likely),))

    def _find_certain(self, number: int, line: Line, position: int) -> Case | None:
        """What cannot stand as it was read, by shape alone."""
        token = line.words[position].text
        mended = mend_marks(line, position)
        for text, reason in (
            (find_repair(token, self._rules.decimal_sign), "the only figure possible"),
            (mend_tax_code(line, position), "a tax code's letter"),
            (split_words(mended, self._rules.vocabulary), "two words"),
            (mended, "stray or misread mark"),
        ):
            if text is not None and text != token:
                return self._make_certain(number, position, token, text, reason)
        return None

    def _make_certain(self, number: int, position: int, token: str, text: str, reason: str) -> Case:
        likely = max(self._channel.log_probability(text, token), IMPOSSIBLE / 2)
        return Case(number, position, IMPOSSIBLE, certain=Hypothesis(text, reason, likely))

    def _find_doubtful(
        self, number: int, line: Line, position: int, case: Case | None, penalty: float, *, in_head: bool
    ) -> Case | None:
        """The word's other readings, added to what is certain of it; only those that stand a chance."""
        word = line.words[position]
        if not self._is_doubtful(word):
            return case
        keep = self._keep_prior(word) - penalty
        certain = case.certain if case else None
        readings = self._find_readings(word, certain.text if certain else word.text, in_head=in_head)
        found = tuple(each for each in readings if each.log_prior - keep > HOPELESS)
        return Case(number, position, keep, found, certain) if found else case

    def _is_doubtful(self, word: Word) -> bool:
        """Whether a word deserves a second look: read by one engine alone, and unsure or not a known word."""
        return not word.agreed and (word.confidence < _SURE or not self._words.knows(word.text))

    def _is_legible(self, line: Line) -> bool:
        """Whether enough of a line makes sense for the rest to be worth mending; noise is left alone."""
        good = sum(self._words.knows(word.text) or has_digit(word.text) for word in line.words)
        return good >= _LEGIBLE * len(line.words)

    def _keep_prior(self, word: Word) -> float:
        """Log-probability of the word as it stands: how common it is, and how sure the engine was of it."""
        error = min(_MOST_ERROR, max(_LEAST_ERROR, 1.0 - word.confidence / 100.0))
        return self._words.log_probability(word.text.strip(EDGES)) + math.log((1.0 - error) / error)

    def _find_readings(self, word: Word, mended: str, *, in_head: bool) -> list[Hypothesis]:
        """The closed set of other readings, likeliest first."""
        found: dict[str, Hypothesis] = {}
        sure = word.confidence >= _ENDING_SURE
        words = (
            each
            for each in self._from_words(mended, in_head=in_head)
            if not (sure and is_inflection(mended, each.text))
        )
        for hypothesis in (*self._from_engines(word), *words):
            known = found.get(hypothesis.text)
            if hypothesis.text.casefold() != word.text.casefold() and (
                known is None or known.log_prior < hypothesis.log_prior
            ):
                found[hypothesis.text] = hypothesis
        return sorted(found.values(), key=lambda each: -each.log_prior)[:_MOST_CANDIDATES]

    def _from_engines(self, word: Word) -> Iterator[Hypothesis]:
        """What other engines read, if it is a known word; whose figures to believe was decided when they were fused."""
        for other in word.others:
            core = other.text.strip(EDGES)
            if has_digit(other.text + word.text) or not self._words.knows(core):
                continue
            likely = self._words.log_probability(core) + self._channel.log_probability(other.text, word.text)
            yield Hypothesis(other.text, f"read by {other.engine}", likely + _ENGINE_BONUS)

    def _from_words(self, token: str, *, in_head: bool) -> Iterator[Hypothesis]:
        """Known words one or two edits away, in the case of the token and between its edges."""
        for lead, core, tail in find_cores(token):
            if len(core) < _SHORTEST or self._rules.vocabulary.knows(core):
                return
            for near in self._words.find_near(core, 2 if len(core) >= _TWO_EDITS_FROM else 1):
                text = lead + match_case(near, core) + tail
                wrong = has_digit(core) and not is_word_misread_as_digits(token, text, self._rules)
                if wrong or not self._may_replace(core, near) or (in_head and not self._may_name(near)):
                    continue
                likely = self._words.log_probability(near) + self._channel.log_probability(near, core)
                yield Hypothesis(text, "seen on this page" if self._words.has(near) else "known word", likely)

    def _may_name(self, near: str) -> bool:
        """Names are in no dictionary: a word of the page, an earlier document's name or a longer label replaces one."""
        labels = self._rules.vocabulary
        return self._words.has(near) or self._words.has_name(near) or (len(near) > _SHORT and labels.has_label(near))

    def _may_replace(self, core: str, near: str) -> bool:
        """Short words are like too many others: only common labels replace them. A known word keeps its ending."""
        if not core.isalnum() and near in core.casefold():  # ``u.price`` is no misread ``price``
            return False
        if len(core) <= _SHORT:
            return self._words.has(near) or self._rules.vocabulary.has_label(near)
        folded = core.casefold()
        inflected = folded.startswith(near) or near.startswith(folded)
        return not (inflected and self._words.knows(core))


def _count_head_lines(reading: Reading) -> int:
    """How many lines of the first page stand before the first with a figure: there names stand."""
    if reading.page > 1:
        return 0
    figures = (n for n, line in enumerate(reading.lines) if any(has_digit(word.text) for word in line.words))
    return next(figures, 0)
