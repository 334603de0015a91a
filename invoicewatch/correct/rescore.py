"""The default mode: the model chooses among candidate readings and never writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from invoicewatch.correct.candidates import IMPOSSIBLE, Candidates, Case, Hypothesis
from invoicewatch.correct.guard import PageRules, find_objection, learn_rules
from invoicewatch.correct.numbers import has_digit
from invoicewatch.correct.tools import CorrectTools
from invoicewatch.correct.words.channel import Channel, load_channel
from invoicewatch.correct.words.of_page import NAMES, PageWords, list_names, rank_words
from invoicewatch.correct.words.vocabulary import Vocabulary
from invoicewatch.errors import DependencyError
from invoicewatch.records import Correction, Edit, LineScorer, Reading, Source, Word

# How the model's log-likelihood weighs against the channel's and the vocabulary's, and by how many nats a reading must
# win before it replaces what was read.
_MODEL_WEIGHT = 0.4
_MARGIN = -2.5
# What the model sees before the line: enough to know what kind of text this is. It is evaluated once.
_OPENING = "receipt\n"
_WORDS_BEFORE = 8
_WORDS_AFTER = 2


class Rescorer:
    """Chooses between what was read and what it could have been, one word in doubt after the other."""

    def __init__(self, tools: CorrectTools, scorer: LineScorer, channel: Channel, vocabulary: Vocabulary) -> None:
        self._tools = tools
        self._scorer = scorer
        self._channel = channel
        self._vocabulary = vocabulary

    @classmethod
    def load(cls, tools: CorrectTools) -> Rescorer:
        """Load the model, for its words, and the channel. Raises DependencyError: there is no model."""
        if tools.scorer is None:
            raise DependencyError("there is no model", remedy="Run 'invoicewatch model fetch'.", code="model_missing")
        channel = load_channel()
        words = tools.vocabulary.joined("model", rank_words(tools.scorer.words()))
        return cls(tools, tools.scorer, channel, words.joined(NAMES, list_names(tools.memory, tools.office)))

    def correct(self, correction: Correction) -> Correction:
        """Add an edit for each word in doubt whose best candidate wins by the margin, within the budget of a page."""
        edits = list(correction.edits)
        notes = list(correction.notes)
        for reading in correction.enhanced:
            if reading.source is Source.OCR:
                found: list[Edit] = []
                unread = self._correct_page(reading, found)
                edits += (_count_as_read(edit, correction.edits) for edit in found)
                if unread:
                    notes.append(f"page {reading.page}: no time left for {unread} of the doubtful words")
        return replace(correction, edits=tuple(edits), notes=tuple(notes), model=self._scorer.model_name)

    def open_page(self, reading: Reading, rules: PageRules) -> Candidates:
        """What finds and judges the candidates of one page."""
        return Candidates(PageWords(reading, self._vocabulary), rules, self._channel)

    def _correct_page(self, reading: Reading, edits: list[Edit]) -> int:
        """Work through the page's cases until the budget is spent; returns how many were left."""
        rules = learn_rules(reading, self._tools.vocabulary)
        candidates = self.open_page(reading, rules)
        end_s = self._tools.clock() + self._tools.settings.budget_s
        cases = [case for case in candidates.find_cases(reading) if not _is_edited(reading, case)]
        cases.sort(key=lambda case: self._importance(reading, case), reverse=True)
        for done, case in enumerate(cases):
            if case.hypotheses and self._tools.clock() > end_s:
                return len(cases) - done
            edit = self.decide(reading, case)
            if edit is not None and find_objection(edit, reading, rules) is None:
                edits.append(edit)
        return 0

    def _importance(self, reading: Reading, case: Case) -> tuple[bool, bool, float]:
        """What costs nothing first, then words beside figures and labels, then the likeliest to be wrong."""
        line = reading.lines[case.line]
        has_label = self._tools.vocabulary.has_label
        near_field = any(has_digit(word.text) or has_label(word.text) for word in line.words)
        best = max((each.log_prior for each in case.hypotheses), default=0.0)
        return not case.hypotheses, near_field, best - case.log_prior

    def decide(self, reading: Reading, case: Case) -> Edit | None:
        """The edit that a case comes to, if any: what cannot stand changes, all else only if it wins by the margin."""
        standing = case.certain or Hypothesis(_word_of(reading, case).text, "", case.log_prior)
        chosen, before, after = case.certain, IMPOSSIBLE, standing.log_prior
        if case.hypotheses:
            readings = (replace(standing, log_prior=case.log_prior), *case.hypotheses)
            prefix, rest = _context(reading, case)
            likelihoods = self._scorer.score(prefix, [each.text.lower() + rest for each in readings])
            scores = [each.log_prior + _MODEL_WEIGHT * lm for each, lm in zip(readings, likelihoods, strict=True)]
            best = max(range(1, len(scores)), key=scores.__getitem__)
            if scores[best] - scores[0] >= _MARGIN:
                chosen, before, after = readings[best], scores[0], scores[best]
        return None if chosen is None else make_edit(reading, case, chosen, before, after)


def make_edit(reading: Reading, case: Case, chosen: Hypothesis, before: float, after: float) -> Edit:
    """The edit that gives a case's word the chosen reading, with both scores."""
    word = _word_of(reading, case)
    return Edit(
        page=reading.page,
        line=case.line,
        first=case.position,
        last=case.position + 1,
        before=word.text,
        after=chosen.text,
        box=word.box,
        reason=chosen.reason,
        score_before=before,
        score_after=after,
        processor="spelling",
    )


def _count_as_read(edit: Edit, earlier: Iterable[Edit]) -> Edit:
    """The edit with its place counted in the raw line, whose words earlier edits may have joined or split."""
    shift = 0
    beside = [other for other in earlier if (other.page, other.line) == (edit.page, edit.line)]
    for other in sorted(beside, key=lambda other: other.first):
        if other.first + shift < edit.first:
            shift += len(other.after.split()) - (other.last - other.first)
    return replace(edit, first=edit.first - shift, last=edit.last - shift)


def _is_edited(reading: Reading, case: Case) -> bool:
    """Whether an earlier processor changed the word."""
    return _word_of(reading, case).raw is not None


def _word_of(reading: Reading, case: Case) -> Word:
    return reading.lines[case.line].words[case.position]


def _context(reading: Reading, case: Case) -> tuple[str, str]:
    """What the model sees of the line before and after the words, in small letters.

    Receipts shout, and small models know words in capitals badly: in small letters they tell right from wrong better.
    """
    words = [word.text.lower() for word in reading.lines[case.line].words]
    before = "".join(word + " " for word in words[max(0, case.position - _WORDS_BEFORE) : case.position])
    after = "".join(" " + word for word in words[case.position + 1 : case.position + 1 + _WORDS_AFTER])
    return _OPENING + before, after
