"""Fits what a paper's kind is concluded from: a weight for each feature and kind, pulled towards those of the file.

    python -m benchmarks.learn.kind --kept KEPT --data DATA [--samples 600] [--pull 0.02] [--dry]

Real papers are nearly all invoices and receipts, so invented ones stand in for the other kinds. Prints the share that
is right on each source when it was left out, with the file's own weights and with fitted ones, then fits on all of
them and prints the file's tables. What a till's "tax invoice" is counts as right either way.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from benchmarks.learn.documents import Labelled, load_labelled
from benchmarks.learn.questions import TODAY, list_before
from invoicewatch.extract.chain import find_fields
from invoicewatch.extract.kind.signs import NAMED, describe_paper
from invoicewatch.extract.page.layout import view_pages
from invoicewatch.extract.page.named_kinds import rank_named_kinds
from invoicewatch.extract.weights.features import KindFeature
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import KindWeights
from invoicewatch.records import ExtractContext, Memory, Reading, Source
from invoicewatch.samples.invent.document import make_spec
from invoicewatch.samples.layouts.catalogue import choose_layout
from invoicewatch.samples.reading import damage_reading, render_reading
from invoicewatch.samples.truth import list_fields

if TYPE_CHECKING:
    from numpy.typing import NDArray

KINDS = tuple(NAMED)
FEATURES = tuple(KindFeature)
EITHER = frozenset({"invoice", "receipt"})
DAMAGE = (0.0, 0.0, 0.03, 0.1)
RECEIPTS = {"sroie": EITHER, "us": frozenset({"receipt"})}  # whose truth names no kind
INVENTED = "invented"
STEPS, RATE = 1500, 0.5


class Paper(NamedTuple):
    """A paper: its source, its features in the order of FEATURES, and the kinds that are right."""

    source: str
    name: str
    features: tuple[float, ...]
    kinds: frozenset[str]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kept", type=Path, required=True, help="readings that benchmarks/learn/keep.py kept")
    parser.add_argument("--data", type=Path, required=True, help="a folder a set with its truth.jsonl")
    parser.add_argument("--samples", type=int, default=600, help="invented papers")
    parser.add_argument("--pull", type=float, default=0.02, help="how strongly the file's own weights hold")
    parser.add_argument("--dry", action="store_true", help="print the left-out shares only")
    args = parser.parse_args()
    with ProcessPoolExecutor() as pool:
        real = list(pool.map(describe_labelled, load_labelled(args.kept, args.data), chunksize=16))
        papers = [*share_kinds(real), *pool.map(invent_paper, range(args.samples), chunksize=16)]
    given = read_weights()
    print_left_out(papers, given, args.pull)
    if not args.dry:
        print("\n".join(write_tables(fit(papers, given, args.pull))))
    return 0


def describe_labelled(document: Labelled) -> Paper:
    """A real paper; an e-invoice's kind is what its XML says, which its page does not get to see."""
    context = ExtractContext(document.readings, document.attachments, Memory(), TODAY)
    kind = document.fields.get("document_type")
    if document.attachments and not kind:
        stated = find_fields(context, list_before("currency"))["document_type"]
        kind = str(stated.value) if stated else None
    kinds = frozenset({kind}) if kind else RECEIPTS.get(document.source, frozenset())
    return Paper(document.source, document.name, _describe(document.readings), kinds)


def share_kinds(papers: Sequence[Paper]) -> Iterator[Paper]:
    """The papers with a kind; a scan of an e-invoice has that of the file it was made from."""
    known = {Path(paper.name).name: paper.kinds for paper in papers if paper.kinds}
    for paper in papers:
        kinds = paper.kinds or known.get(Path(paper.name).name)
        if kinds:
            yield paper._replace(kinds=kinds)


def invent_paper(seed: int) -> Paper:
    """A paper of any kind, in one of several qualities of reading."""
    spec, rng = make_spec(seed), Random(seed)
    whole = render_reading(spec, choose_layout(spec))
    kind = list_fields(spec, whole)["document_type"]
    rate = DAMAGE[seed % len(DAMAGE)]
    read = [damage_reading(page, rng, rate) if rate else replace(page, source=Source.TEXT_LAYER) for page in whole]
    return Paper(INVENTED, f"seed {seed}", _describe(read), frozenset({kind}) if kind else EITHER)


def _describe(readings: Sequence[Reading]) -> tuple[float, ...]:
    context = ExtractContext(tuple(readings), {}, Memory(), TODAY)
    pages = [page for page in view_pages(readings) if page.rows]
    if not pages:
        return (0.0,) * len(FEATURES)
    features = describe_paper(pages, rank_named_kinds(pages), find_fields(context, list_before("document_type")))
    return tuple(features[name] for name in FEATURES)


def read_weights() -> NDArray[np.float64]:
    """The weights of the file, shape (features, kinds)."""
    weights = load_weights(KindWeights)
    return np.array([[getattr(weights, kind)[name] for kind in KINDS] for name in FEATURES])


def fit(papers: Sequence[Paper], given: NDArray[np.float64], pull: float) -> NDArray[np.float64]:
    """Weights, shape (features, kinds), under which the right kinds are likeliest; each right kind counts the same."""
    table = np.array([paper.features for paper in papers])
    right = np.array([[kind in paper.kinds for kind in KINDS] for paper in papers], dtype=float)
    per_kind = right.sum(axis=0)
    counts = np.array([1.0 / per_kind[row > 0].max() ** 0.5 for row in right])
    counts /= counts.sum()
    fitted = given.copy()
    for _ in range(STEPS):
        chances = _rate(table @ fitted)
        aimed = chances * right
        aimed /= np.maximum(aimed.sum(axis=1, keepdims=True), 1e-12)
        slope = table.T @ (counts[:, None] * (chances - aimed)) + pull * (fitted - given)
        fitted -= RATE * slope
    return fitted


def _rate(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    grown = np.exp(odds - odds.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True))


def print_left_out(papers: Sequence[Paper], given: NDArray[np.float64], pull: float) -> None:
    """For each source: papers, and the shares that are right with the file's weights and with those fitted without."""
    print("kind: source, papers, right as given, right when left out")
    for source in sorted({paper.source for paper in papers}):
        seen = [paper for paper in papers if paper.source == source]
        fitted = fit([paper for paper in papers if paper.source != source], given, pull)
        shares = [sum(_is_right(paper, weights) for paper in seen) / len(seen) for weights in (given, fitted)]
        print(f"  {source:12s} {len(seen):5d} {shares[0]:7.3f} {shares[1]:7.3f}", flush=True)


def _is_right(paper: Paper, weights: NDArray[np.float64]) -> bool:
    return KINDS[int(np.argmax(np.array(paper.features) @ weights))] in paper.kinds


def write_tables(weights: NDArray[np.float64]) -> Iterator[str]:
    """The lines of ``weights/kind.toml``, a table a kind."""
    tables = (
        (f"\n[{kind}]", *map(partial(_write_line, weights[:, n]), range(len(FEATURES)))) for n, kind in enumerate(KINDS)
    )
    return chain.from_iterable(tables)


def _write_line(column: NDArray[np.float64], row: int) -> str:
    return f"{FEATURES[row]} = {column[row]:.2f}"


if __name__ == "__main__":
    raise SystemExit(main())
