"""What kind of paper this is: a conclusion from its titles and from all that the other extractors found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import exp

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.extract.kind.signs import NAMED, describe_paper
from invoicewatch.extract.page.evidence import Finding, make_text_field
from invoicewatch.extract.page.layout import PageView, view_pages
from invoicewatch.extract.page.named_kinds import rank_named_kinds
from invoicewatch.extract.weights.features import KindFeature
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import KindWeights
from invoicewatch.extract.weights.score import weigh_features
from invoicewatch.records import ExtractContext, Field

# Kinds that only their titles tell apart: the rest of the paper looks alike.
_ALIKE = (frozenset({"invoice", "credit_note", "reminder"}), frozenset({"receipt"}), frozenset({"other"}))
_AGREED = 0.5  # the evidence without the titles makes such a paper likelier than all others
_SURE = 0.8  # titles and evidence together
_TITLES = frozenset({*NAMED.values(), KindFeature.UNNAMED})
_NAMED_SIGNS = 3  # as many of those that speak for the kind are told


class DocumentTypeExtractor:
    """Finds ``document_type``: invoice, credit_note, receipt, reminder or other.

    It comes last in the chain: what the others found is its evidence, and nothing of theirs depends on it.
    """

    late = ("document_type",)

    def __init__(self, settings: ExtractSettings) -> None:
        del settings  # there is nothing to set yet

    def find(self, context: ExtractContext) -> Mapping[str, Field | None]:
        """The kind; None where nothing could be read. It is verified where title and evidence agree."""
        pages = [page for page in view_pages(context.readings) if page.rows]
        if not pages:
            return {"document_type": None}
        named = rank_named_kinds(pages)
        features = describe_paper(pages, named, context.found)
        return {"document_type": make_text_field("document_type", conclude_kinds(pages, named, features))}


def conclude_kinds(
    pages: Sequence[PageView], named: Sequence[Finding], features: Mapping[KindFeature, float]
) -> list[Finding]:
    """Every kind with its probability, where the paper names it best or else at its first row.

    A kind is proved by a title of its own if the evidence without the titles agrees and no other title speaks against.
    """
    chances = rate_kinds(features)
    evidence = rate_kinds({name: value for name, value in features.items() if name not in _TITLES})
    titles = {finding.value: finding for finding in named}
    rivals = {finding.value for finding in named if finding.role_proved}
    found = []
    for kind, chance in chances.items():
        agreed = sum(evidence[other] for alike in _ALIKE if kind in alike for other in alike)
        proved = rivals == {kind} and agreed >= _AGREED and chance >= _SURE
        place = titles.get(kind) or _find_first_row(kind, pages[0])
        method = "; ".join(filter(None, (place.method, _tell_signs(kind, features))))
        found.append(replace(place, score=chance, role_proved=proved, method=method))
    return found


def rate_kinds(features: Mapping[KindFeature, float]) -> dict[str, float]:
    """The probability of each kind; together they are 1."""
    weights = load_weights(KindWeights)
    odds = {kind: exp(weigh_features(getattr(weights, kind), features)) for kind in NAMED}
    whole = sum(odds.values())
    return {kind: each / whole for kind, each in odds.items()}


def _find_first_row(kind: str, page: PageView) -> Finding:
    row = page.rows[0]
    return Finding(kind, page, row, 0, len(row.words), 0.0, "no title")


def _tell_signs(kind: str, features: Mapping[KindFeature, float]) -> str:
    """What speaks most for ``kind`` beside its titles, in words."""
    weights: Mapping[KindFeature, float] = getattr(load_weights(KindWeights), kind)
    worth = {name: weights[name] * value for name, value in features.items() if name not in _TITLES}
    worth.pop(KindFeature.BIAS)
    best = sorted((name for name in worth if worth[name] > 0), key=lambda name: -worth[name])[:_NAMED_SIGNS]
    return "with " + ", ".join(name.replace("_", " ") for name in best) if best else ""
