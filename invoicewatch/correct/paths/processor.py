"""The processor ``paths``: where an engine was in two minds, the path that language and page speak for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from invoicewatch.correct.guard import PageRules, find_objection, learn_rules
from invoicewatch.correct.language.languages import load_languages
from invoicewatch.correct.paths.evidence import Option, PageEvidence
from invoicewatch.correct.paths.odds import Odds, load_odds
from invoicewatch.correct.paths.proposals import LETTERS, PIECES
from invoicewatch.correct.tools import CorrectTools
from invoicewatch.correct.words.of_page import list_names
from invoicewatch.records import Box, Correction, Edit, Line, LineScorer, Reading, Source

# What the model sees before every line of a page: evaluated once, and kept while the page lasts.
_OPENING = "receipt\n"
_REASONS = {PIECES: "one word, read in pieces", LETTERS: "letters easily taken for others"}


class PathsProcessor:
    """Chooses among what an engine nearly read.

    The tables of languages settle what is clear; the language model, where there is one, ranks what is left open, as
    whole lines. It needs no model, and reads no table for a page that was read clearly.

    Args:
        tools: What it works with.
    """

    def __init__(self, tools: CorrectTools) -> None:
        self._tools = tools
        self._names = frozenset(list_names(tools.memory, tools.office))

    def __call__(self, correction: Correction) -> Correction:
        """The correction with an edit for each line's words whose path wins."""
        edits = list(correction.edits)
        model = correction.model
        for reading in correction.raw:
            if reading.source is not Source.OCR:
                continue
            chooser = PathChooser(reading, self._names, load_odds(), self._tools)
            edits += (edit for edit in chooser.choose() if not _is_edited(edit, correction.edits))
            if chooser.asked and self._tools.scorer is not None:
                model = self._tools.scorer.model_name
        return replace(correction, edits=tuple(edits), model=model)


class PathChooser:
    """The choice on one page; ``asked`` is how many lines the language model ranked."""

    def __init__(self, reading: Reading, names: Iterable[str], odds: Odds, tools: CorrectTools) -> None:
        self._reading = reading
        self._evidence = PageEvidence(reading, load_languages(), names)
        self._odds = odds
        self._tools = tools
        self._rules: PageRules = learn_rules(reading, tools.vocabulary)
        self.asked = 0

    def choose(self) -> Iterator[Edit]:
        """The best path of each lattice, if it may stand and wins; the likeliest first, within a page's budget."""
        end_s = self._tools.clock() + self._tools.settings.budget_s
        for rated, option in sorted(self._find_best(), key=lambda each: -each[0]):
            better = rated - self._odds.sure
            if better < 0.0 and self._tools.scorer is not None and self._tools.clock() < end_s:
                self.asked += 1
                said = ask(self._tools.scorer, self._reading.lines[option.line], option)
                better = self._odds.rate_line(rated, said) - self._odds.sure
            if better >= 0.0:
                yield make_edit(self._reading, option, self._odds.sure, self._odds.sure + better)

    def _find_best(self) -> Iterator[tuple[float, Option]]:
        """Of each lattice the likeliest path that is not hopeless and that the guard allows."""
        for _, group in groupby(self._evidence.find_options(), key=lambda option: (option.line, option.lattice.first)):
            rated = [(self._odds.rate(option.evidence), option) for option in group]
            allowed = [each for each in rated if each[0] >= self._odds.open and self._may_stand(each[1])]
            if allowed:
                yield max(allowed, key=lambda each: each[0])

    def _may_stand(self, option: Option) -> bool:
        return find_objection(make_edit(self._reading, option, 0.0, 0.0), self._reading, self._rules) is None


def ask(scorer: LineScorer, line: Line, option: Option) -> float:
    """By how many nats a model finds the line likelier with the path than as read, all in small letters."""
    texts = [_spell(line, option, words) for words in (option.change.before, option.change.after)]
    before, after = scorer.score(_OPENING, texts)
    return after - before


def make_edit(reading: Reading, option: Option, before: float, after: float) -> Edit:
    """The edit that takes a path's words, with both scores: log-odds, of which the first is what had to be reached."""
    words = reading.lines[option.line].words[option.first : option.last]
    engine = option.lattice.engine
    return Edit(
        page=reading.page,
        line=option.line,
        first=option.first,
        last=option.last,
        before=" ".join(word.text for word in words),
        after=" ".join(option.change.after),
        box=Box.around(word.box for word in words),
        reason=_REASONS.get(engine, f"nearly read by {engine}, and likelier here"),
        score_before=before,
        score_after=after,
        processor="paths",
    )


def _spell(line: Line, option: Option, words: tuple[str, ...]) -> str:
    """The line with these words where the option's are. Small models know words in capitals badly."""
    texts = [word.text for word in line.words]
    return " ".join((*texts[: option.first], *words, *texts[option.last :])).lower()


def _is_edited(edit: Edit, others: Iterable[Edit]) -> bool:
    return any(
        (edit.page, edit.line) == (other.page, other.line) and edit.first < other.last and other.first < edit.last
        for other in others
    )
