"""The default mode: the model chooses among candidate readings and never writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from invoicewatch.correct.candidates import Hypothesis, find_hypotheses, is_doubtful, keep_prior
from invoicewatch.correct.channel import Channel, load_channel
from invoicewatch.correct.guard import PageRules, find_objection, learn_rules
from invoicewatch.correct.tools import CorrectTools
from invoicewatch.errors import DependencyError
from invoicewatch.records import Correction, Edit, LineScorer, Reading, Source

# How the model's log-likelihood weighs against the channel's and the vocabulary's, and by how many nats a reading must
# win before it replaces what was read.
_MODEL_WEIGHT = 0.3
_MARGIN = 2.0
# The model sees this much of the page before the word, and this many words after it.
_CONTEXT_CHARS = 160
_WORDS_AFTER = 2


@dataclass(frozen=True, slots=True)
class _Case:
    """A word in doubt: where it stands, what else it could be, and how likely it is as it stands."""

    line: int
    position: int
    hypotheses: tuple[Hypothesis, ...]
    log_prior: float


class Rescorer:
    """Chooses between what was read and what it could have been, one word in doubt after the other."""

    def __init__(self, tools: CorrectTools, scorer: LineScorer) -> None:
        self._tools = tools
        self._scorer = scorer
        self._channel: Channel = load_channel()

    def correct(self, correction: Correction) -> Correction:
        """Add an edit for each word in doubt whose best candidate wins by the margin, within the budget of a page."""
        edits = list(correction.edits)
        notes = list(correction.notes)
        for reading in correction.enhanced:
            if reading.source is Source.OCR:
                unread = self._correct_page(reading, edits)
                if unread:
                    notes.append(f"page {reading.page}: no time left for {unread} of the doubtful words")
        return replace(correction, edits=tuple(edits), notes=tuple(notes), model=self._scorer.model_name)

    def _correct_page(self, reading: Reading, edits: list[Edit]) -> int:
        """Work through the page's cases until the budget is spent; returns how many were left."""
        rules = learn_rules(reading, self._tools.vocabulary)
        end_s = self._tools.clock() + self._tools.settings.budget_s
        cases = list(self._find_cases(reading, rules))
        for done, case in enumerate(cases):
            if self._tools.clock() > end_s:
                return len(cases) - done
            edit = self._decide(reading, case)
            if edit is not None and find_objection(edit, reading, rules) is None:
                edits.append(edit)
        return 0

    def _find_cases(self, reading: Reading, rules: PageRules) -> Iterator[_Case]:
        for number, line in enumerate(reading.lines):
            for position, word in enumerate(line.words):
                if word.raw is None and is_doubtful(word, rules):
                    hypotheses = find_hypotheses(word, rules, self._channel)
                    if hypotheses:
                        yield _Case(number, position, tuple(hypotheses), keep_prior(word, rules))

    def _decide(self, reading: Reading, case: _Case) -> Edit | None:
        word = reading.lines[case.line].words[case.position]
        certain = next((each for each in case.hypotheses if each.certain), None)
        if certain is not None:
            return _make_edit(reading, case, certain, case.log_prior, case.log_prior + self._margin)
        texts = (word.text, *(each.text for each in case.hypotheses))
        priors = (case.log_prior, *(each.log_prior for each in case.hypotheses))
        prefix, rest = _context(reading, case)
        likelihoods = self._scorer.score(prefix, [text + rest for text in texts])
        scores = [prior + _MODEL_WEIGHT * each for prior, each in zip(priors, likelihoods, strict=True)]
        best = max(range(1, len(scores)), key=scores.__getitem__)
        if scores[best] - scores[0] < self._margin:
            return None
        return _make_edit(reading, case, case.hypotheses[best - 1], scores[0], scores[best])

    @property
    def _margin(self) -> float:
        return _MARGIN


def make_rescorer(tools: CorrectTools) -> Rescorer:
    """The rescorer.

    Raises:
        DependencyError: There is no model.
    """
    if tools.scorer is None:
        raise DependencyError("there is no model", remedy="Run 'invoicewatch model fetch'.", code="model_missing")
    return Rescorer(tools, tools.scorer)


def _context(reading: Reading, case: _Case) -> tuple[str, str]:
    """What stands before the word on the page, and after it on its line."""
    above = "\n".join(line.text for line in reading.lines[max(0, case.line - 3) : case.line])
    words = reading.lines[case.line].words
    before = "".join(word.text + " " for word in words[: case.position])
    after = "".join(" " + word.text for word in words[case.position + 1 : case.position + 1 + _WORDS_AFTER])
    return f"{above}\n{before}"[-_CONTEXT_CHARS:], after


def _make_edit(reading: Reading, case: _Case, chosen: Hypothesis, before: float, after: float) -> Edit:
    word = reading.lines[case.line].words[case.position]
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
