"""Fits boosted trees that rank candidates, checks them on sources they have not seen, and writes them as data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from invoicewatch.extract.weights.forest import Forest, ForestFile, Tree

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Example(NamedTuple):
    """One candidate of one document: where it comes from, its features, and whether it is the answer.

    ``altered`` says that the document was changed to learn from: then no figure is reported on it.
    """

    source: str
    document: str
    features: Mapping[str, float]
    right: bool
    altered: bool = False


class Choice(NamedTuple):
    """What a ranking chose on one document: whether it was right, its log-odds, and its lead over the next."""

    document: str
    right: bool
    log_odds: float
    lead: float


@dataclass(frozen=True)
class Recipe:
    """How trees are grown.

    With ``shares`` each source counts the same, however many documents it has, times its share where it is named;
    without them each document does.
    ``features_a_split`` is the share of features, drawn anew, that a split may ask for: less than all of them keeps
    trees from leaning on one. ``monotone`` names features that may only speak for a candidate (1) or against it (-1).
    """

    trees: int = 80
    leaves: int = 8
    rate: float = 0.1
    least_examples: int = 12
    ridge: float = 3.0
    features_a_split: float = 1.0
    shares: Mapping[str, float] | None = None
    monotone: Mapping[str, int] | None = None


def fit_forest(examples: Sequence[Example], recipe: Recipe, provenance: Mapping[str, str]) -> ForestFile:
    """Grow the trees.

    Every document counts the same, however many candidates it has: its answers weigh one together, all else one.
    """
    names = sorted({name for example in examples for name in example.features})
    table = make_table(examples, names)
    answers = np.array([example.right for example in examples])
    model = HistGradientBoostingClassifier(
        max_iter=recipe.trees,
        max_leaf_nodes=recipe.leaves,
        learning_rate=recipe.rate,
        min_samples_leaf=recipe.least_examples,
        l2_regularization=recipe.ridge,
        max_features=recipe.features_a_split,
        early_stopping=False,
        random_state=0,
        monotonic_cst=[(recipe.monotone or {}).get(name, 0) for name in names],
    )
    model.fit(table, answers, sample_weight=_weigh(examples, recipe))
    return _export(model, names, {**provenance, **_count(examples)})


def make_table(examples: Iterable[Example], names: Sequence[str]) -> NDArray[np.float64]:
    """The features as an array of shape (examples, names)."""
    return np.array([[example.features.get(name, 0.0) for name in names] for example in examples])


def leave_sources_out(examples: Sequence[Example], recipe: Recipe, held: Iterable[str]) -> dict[str, list[Choice]]:
    """For each source of ``held``: what trees that never saw it choose on its documents."""
    chosen = {}
    for source in held:
        file = fit_forest([each for each in examples if each.source != source], recipe, {})
        own = [each for each in examples if each.source == source and not each.altered]
        chosen[source] = choose(Forest(file), own)
    return chosen


def choose(forest: Forest, examples: Sequence[Example]) -> list[Choice]:
    """The best candidate of each document."""
    known = set(forest.features)
    rows = [{name: amount for name, amount in each.features.items() if name in known} for each in examples]
    by_document: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for example, log_odds in zip(examples, forest.rate(rows), strict=True):
        by_document[example.document].append((float(log_odds), example.right))
    choices = []
    for document, rated in by_document.items():
        rated.sort(key=lambda each: -each[0])
        lead = rated[0][0] - rated[1][0] if len(rated) > 1 else 10.0
        choices.append(Choice(document, rated[0][1], rated[0][0], lead))
    return choices


def write_forest(file: ForestFile, path: Path) -> None:
    """Write the trees, one a line, so that a change of them can be read."""
    head = msgspec.json.encode({"provenance": file.provenance, "features": file.features, "bias": file.bias})
    trees = b",\n".join(msgspec.json.encode(tree) for tree in file.trees)
    path.write_bytes(head[:-1] + b',"trees":[\n' + trees + b"\n]}\n")


def _weigh(examples: Sequence[Example], recipe: Recipe) -> NDArray[np.float64]:
    right: dict[str, int] = defaultdict(int)
    wrong: dict[str, int] = defaultdict(int)
    for each in examples:
        (right if each.right else wrong)[each.document] += 1
    by_source = _weigh_sources(examples, recipe.shares)
    return np.array(
        [
            by_source[each.source] / (right if each.right else wrong)[each.document] * (1.0 if each.right else 3.0)
            for each in examples
        ]
    )


def _weigh_sources(examples: Sequence[Example], shares: Mapping[str, float] | None) -> dict[str, float]:
    """What a document of each source counts; 1 on the average of all documents."""
    documents = {source: len(names) for source, names in _list_documents(examples).items()}
    if shares is None:
        return dict.fromkeys(documents, 1.0)
    each = sum(documents.values()) / sum(shares.get(source, 1.0) for source in documents)
    return {source: each * shares.get(source, 1.0) / count for source, count in documents.items()}


def _count(examples: Sequence[Example]) -> dict[str, str]:
    documents = _list_documents(examples)
    return {"sources": ", ".join(f"{source} {len(each)}" for source, each in sorted(documents.items()))}


def _list_documents(examples: Iterable[Example]) -> dict[str, set[str]]:
    documents: dict[str, set[str]] = defaultdict(set)
    for each in examples:
        documents[each.source].add(each.document)
    return documents


def _export(model: Any, names: Sequence[str], provenance: Mapping[str, str]) -> ForestFile:
    trees = tuple(_export_tree(stage[0].nodes) for stage in model._predictors)  # noqa: SLF001 - there is no other way
    bias = float(np.ravel(model._baseline_prediction)[0])  # noqa: SLF001 - likewise
    return ForestFile(provenance, tuple(names), round(bias, 5), trees)


def _export_tree(nodes: Any) -> Tree:
    """One tree of scikit-learn's, numbers cut to what they are worth."""
    return Tree(
        tuple(-1 if node["is_leaf"] else int(node["feature_idx"]) for node in nodes),
        tuple(float(f"{node['num_threshold']:.6g}") if not node["is_leaf"] else 0.0 for node in nodes),
        tuple(int(node["left"]) for node in nodes),
        tuple(int(node["right"]) for node in nodes),
        tuple(round(float(node["value"]), 5) if node["is_leaf"] else 0.0 for node in nodes),
    )
