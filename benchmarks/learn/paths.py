"""Fits what speaks for a path of an engine's lattice: ``python -m benchmarks.learn.paths [--model GGUF] SOURCE ...``.

A SOURCE is FOLDER=READINGS: a folder of images whose ``truth.jsonl`` has the "words" of each, and their readings as
``benchmarks.correct --readings`` keeps them. A path is right where the text then has more of the words on paper, by
letters and digits, and wrong where it has fewer; one that changes nothing of that says nothing. Each source in turn is
left out, and what its words gain and lose by the weights of the others is printed; then the weights of all are written.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from invoicewatch.config.settings import ModelSettings
from invoicewatch.correct.language.languages import load_languages
from invoicewatch.correct.paths.evidence import FEATURES, Option, PageEvidence
from invoicewatch.correct.paths.odds import Odds, as_json
from invoicewatch.correct.paths.processor import ask
from invoicewatch.model.warm import WarmModel
from invoicewatch.records import LineScorer, Reading

_OUT = Path("invoicewatch/correct/data/paths.json")
# How strongly weights are held back: few paths change anything. A path is chosen at odds of e to one, and the language
# model is asked from there down to a little less than even odds.
_HELD = 0.3
_SURE, _OPEN = 1.25, -0.25
_MOST_BETTER = 20.0


@dataclass(frozen=True)
class Case:
    """A path of a source, how many words more it makes right, and how much better the model finds its line."""

    source: str
    span: tuple[str, int, int, int]
    gain: int
    option: Option
    better: float

    @property
    def figures(self) -> tuple[float, ...]:
        """In the order of `FEATURES`."""
        return tuple(getattr(self.option.evidence, name) for name in FEATURES)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", metavar="SOURCE")
    parser.add_argument("--model")
    options = parser.parse_args()
    scorer = WarmModel(ModelSettings(path=options.model)) if options.model else None
    cases = [case for source in options.sources for case in read_source(source, scorer)]
    for left_out in options.sources if len(options.sources) > 1 else ():
        odds = fit([case for case in cases if case.source != left_out])
        gained, lost = judge([case for case in cases if case.source == left_out], odds)
        print(f"{left_out}, by the others: {gained} words mended, {lost} broken")
    _OUT.write_text(as_json(fit(cases)), encoding="utf-8")


def read_source(source: str, scorer: LineScorer | None) -> Iterator[Case]:
    """Every path of a source that language may choose."""
    folder, _, kept = source.partition("=")
    lines = (Path(folder) / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    truths = {truth["file"]: truth["words"] for truth in map(json.loads, lines)}
    documents: Mapping[str, tuple[Reading, ...]] = pickle.loads(Path(kept).read_bytes())
    for name, readings in documents.items():
        printed = count_words(truths[name])
        read = count_words(word.text for reading in readings for word in reading.words)
        for reading in readings:
            for option in PageEvidence(reading, load_languages()).find_options():
                after = read - count_words(option.change.before) + count_words(option.change.after)
                gain = (after & printed).total() - (read & printed).total()
                better = ask(scorer, reading.lines[option.line], option) if scorer and gain else 0.0
                yield Case(source, (name, reading.page, option.line, option.lattice.first), gain, option, better)


def count_words(words: Iterable[str]) -> Counter[str]:
    """Words by their letters and digits alone."""
    bare = ("".join(char for char in word.casefold() if char.isalnum()) for word in words)
    return Counter(word for word in bare if word)


def fit(cases: Sequence[Case]) -> Odds:
    """The odds by what an engine, the language and the page say; then what the model adds to them."""
    telling = [case for case in cases if case.gain]
    right = np.array([case.gain > 0 for case in telling])
    bias, weights = _regress(np.array([case.figures for case in telling]), right)
    odds = Odds(bias, weights, _SURE, _OPEN, 0.0, 0.0)
    rated = np.array([odds.rate(case.option.evidence) for case in telling])
    better = np.clip([case.better for case in telling], -_MOST_BETTER, _MOST_BETTER)
    if not better.any():
        return odds
    # What the model says counts beside the odds as they are: both are fitted, and scaled back to theirs.
    bias, (of_rated, of_better) = _regress(np.stack([rated, better], axis=1), right)
    return replace(odds, model=of_better / of_rated, model_bias=bias / of_rated)


def _regress(figures: np.ndarray, right: np.ndarray) -> tuple[float, tuple[float, ...]]:
    """Bias and weights of a logistic regression over figures of even spread, for the figures as they are."""
    middle, spread = figures.mean(axis=0), figures.std(axis=0) + 1e-9
    model = LogisticRegression(C=_HELD, max_iter=1000).fit((figures - middle) / spread, right)
    weights = model.coef_[0] / spread
    return float(model.intercept_[0] - weights @ middle), tuple(map(float, weights))


def judge(cases: Sequence[Case], odds: Odds) -> tuple[int, int]:
    """How many words of these become right and wrong, if the likeliest path of each lattice is taken where it wins."""
    rate = _rate_with(odds)
    best: dict[tuple[str, int, int, int], Case] = {}
    for case in cases:
        if case.span not in best or rate(case) > rate(best[case.span]):
            best[case.span] = case
    taken = [case.gain for case in best.values() if rate(case) >= odds.sure]
    return sum(gain for gain in taken if gain > 0), -sum(gain for gain in taken if gain < 0)


def _rate_with(odds: Odds) -> Callable[[Case], float]:
    def rate(case: Case) -> float:
        rated = odds.rate(case.option.evidence)
        asked = odds.open <= rated < odds.sure and (odds.model or odds.model_bias)
        return odds.rate_line(rated, case.better) if asked else rated

    return rate


if __name__ == "__main__":
    main()
