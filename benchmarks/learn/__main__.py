"""Fits what the program ranks by: ``python -m benchmarks.learn fit --kept DIR --data DIR [--question NAME]``.

Prints the recall of each source by trees that never saw it, and with --ablation what each family of features is worth.
"""

from __future__ import annotations

import argparse
import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from statistics import fmean
from types import ModuleType

import msgspec
import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.learn import seller
from benchmarks.learn.boosting import Choice, Example, Recipe, choose, fit_forest, write_forest
from benchmarks.learn.documents import Labelled, load_labelled
from invoicewatch.extract.weights.forest import Forest

# A question is a module with FIELD, RECIPE, FAMILIES, make_examples and thin_out.
_QUESTIONS: Mapping[str, ModuleType] = {"seller": seller}
_WEIGHTS = Path("invoicewatch/extract/weights")
_MAX_LEAD = 6.0
_EACH_SOURCE = 100.0
_DRAWN = "free"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["fit"])
    parser.add_argument("--kept", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--question", choices=sorted(_QUESTIONS), default="seller")
    parser.add_argument("--drawn", type=Path, help="a pickle of drawn layouts: (name, readings, fields) each")
    parser.add_argument("--ablation", action="store_true")
    options = parser.parse_args()
    question = _QUESTIONS[options.question]
    documents = chain(load_labelled(options.kept, options.data), load_drawn(options.drawn))
    examples = list(question.make_examples(documents))
    recipe = _weigh_alike(question.RECIPE, examples, question.SHARES)
    chosen = leave_each_out(question, examples, recipe)
    print_recalls("left out", examples, chosen)
    if options.ablation:
        for family, prefixes in question.FAMILIES.items():
            print_recalls(f"without {family}", examples, leave_each_out(question, _without(examples, prefixes), recipe))
    provenance = {"made_by": "python -m benchmarks.learn fit", "made_on": datetime.now(UTC).date().isoformat()}
    forest = fit_forest(question.thin_out(examples), recipe, provenance)
    write_forest(forest, _WEIGHTS / f"{options.question}.json")
    write_chance(chosen, _WEIGHTS / f"{options.question}_chance.json", provenance)


def load_drawn(file: Path | None) -> Iterator[Labelled]:
    """Layouts that were drawn by chance, as one more source to learn from: never one to be judged by."""
    for name, readings, fields in pickle.loads(file.read_bytes()) if file else ():
        yield Labelled(_DRAWN, f"{_DRAWN}/{name}", readings, {}, fields, {})


def _weigh_alike(recipe: Recipe, examples: Iterable[Example], shares: Mapping[str, float]) -> Recipe:
    """Each source counts the same, however many documents it has, times its share if it has one."""
    documents: dict[str, set[str]] = defaultdict(set)
    for each in examples:
        documents[each.source].add(each.document)
    return replace(
        recipe,
        weights={source: _EACH_SOURCE * shares.get(source, 1.0) / len(names) for source, names in documents.items()},
    )


def leave_each_out(question: ModuleType, examples: Sequence[Example], recipe: Recipe) -> dict[str, list[Choice]]:
    """What trees that saw none of a source choose on its documents as they are."""
    thin = question.thin_out(examples)
    chosen = {}
    for source in sorted({each.source for each in examples} - {_DRAWN}):
        forest = fit_forest([each for each in thin if each.source != source], recipe, {})
        own = [each for each in examples if each.source == source and "#" not in each.document]
        chosen[source] = choose(Forest(forest), own)
    return chosen


def print_recalls(title: str, examples: Sequence[Example], chosen: Mapping[str, Sequence[Choice]]) -> None:
    """One line: the recall of each source, its reach in brackets, and their mean."""
    reached = {each.document for each in examples if each.right}
    recalls = {source: fmean(choice.right for choice in choices) for source, choices in chosen.items()}
    reach = {source: fmean(each.document in reached for each in choices) for source, choices in chosen.items()}
    cells = [f"{source} {recalls[source]:.3f} ({reach[source]:.3f})" for source in chosen]
    print(f"{title:24s}", *cells, f"mean {fmean(recalls.values()):.3f}", flush=True)


def _without(examples: Sequence[Example], prefixes: tuple[str, ...]) -> list[Example]:
    """The examples with a family of features silenced; ``row`` itself stays, as examples are thinned by it."""
    silenced = {name for each in examples for name in each.features if name.startswith(prefixes) and name != "row"}
    return [each._replace(features={**each.features, **dict.fromkeys(silenced, 0.0)}) for each in examples]


def write_chance(chosen: Mapping[str, Sequence[Choice]], path: Path, provenance: Mapping[str, str]) -> None:
    """Fit how log-odds and lead make a chance, on choices that were left out, and write it."""
    choices = [(choice, 1 / len(each)) for each in chosen.values() for choice in each]
    table = np.array([[choice.log_odds, min(choice.lead, _MAX_LEAD)] for choice, _ in choices])
    right = np.array([choice.right for choice, _ in choices])
    curve = LogisticRegression().fit(table, right, sample_weight=[weight * len(choices) for _, weight in choices])
    content = {
        "provenance": {**provenance, "choices": str(len(choices))},
        "bias": round(float(curve.intercept_[0]), 4),
        "log_odds": round(float(curve.coef_[0][0]), 4),
        "lead": round(float(curve.coef_[0][1]), 4),
    }
    path.write_bytes(msgspec.json.format(msgspec.json.encode(content)) + b"\n")


if __name__ == "__main__":
    main()
