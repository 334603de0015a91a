"""The kinds of paper that a document names, each by its best mention: what it calls itself, not yet what it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from invoicewatch.extract.page.evidence import Finding
from invoicewatch.extract.page.labels import find_labels, load_labels
from invoicewatch.extract.page.layout import PageView
from invoicewatch.extract.page.titles import Mention, find_mentions
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import TitleWeights

_TOP_OF_PAGE = 0.4  # of its height: titles stand above, with or without a letter's head
_TALL = 1.4  # times the page's usual line: bold print of the same size measures less
_SUM_ROLES = frozenset({"payable", "total", "amount_due"})
# Their words ("order", "change", "bon") stand on other papers too; only a title or a whole phrase counts.
_PASSING = frozenset({"other", "receipt"})


def find_named_kind(pages: Sequence[PageView]) -> Finding | None:
    """The kind that the document names best; its score is the share of its points. None where it names none."""
    return max(rank_named_kinds(pages), key=lambda finding: finding.score, default=None)


def rank_named_kinds(pages: Sequence[PageView]) -> list[Finding]:
    """The kinds that the document names, each where it is named best; its score is its share of all points.

    Several mentions of one phrase count once: a word that every line repeats is no more of a title for it. How a
    letter greets names nothing. A proved role says that it is a title, alone in its place.
    """
    worths: dict[str, dict[str, float]] = defaultdict(dict)
    best: dict[str, tuple[float, Finding]] = {}
    heads = _list_heads(pages)
    for page in pages:
        for mention in find_mentions(page):
            worth = _count_points(page, mention, head=page.page in heads)
            if worth <= 0:
                continue
            phrases = worths[mention.kind]
            phrases[mention.phrase] = max(worth, phrases.get(mention.phrase, 0.0))
            if mention.kind not in best or worth > best[mention.kind][0]:
                best[mention.kind] = worth, _make_finding(page, mention)
    sums = {kind: sum(phrases.values()) for kind, phrases in worths.items()}
    whole = sum(sums.values()) + load_weights(TitleWeights).unseen
    return [replace(finding, score=sums[kind] / whole) for kind, (_, finding) in best.items()]


def has_sums(page: PageView) -> bool:
    """Whether a label on ``page`` names what is to be paid."""
    return any(label.leads and label.role in _SUM_ROLES for label in find_labels(page, load_labels("amounts")))


def list_covers(pages: Sequence[PageView]) -> frozenset[int]:
    """The numbers of the pages that are letters, name no sums and begin no invoice, where another page has sums."""
    if not any(map(has_sums, pages)):
        return frozenset()
    return frozenset(page.page for page in pages if is_letter(page) and not (has_sums(page) or _begins_invoice(page)))


def is_letter(page: PageView) -> bool:
    """Whether ``page`` greets or takes its leave as letters do."""
    return any(mention.greets for mention in find_mentions(page))


def _begins_invoice(page: PageView) -> bool:
    """Whether a title or a label of a paper that asks for money leads its cell; its sums may stand overleaf."""
    return any(mention.leads and mention.kind != "other" for mention in find_mentions(page))


def _list_heads(pages: Sequence[PageView]) -> set[int]:
    """The pages at whose top a title counts most: the first, and the first with sums if a letter lies before it."""
    summed = next((page.page for page in pages if has_sums(page)), 1)
    return {1, summed}


def _count_points(page: PageView, mention: Mention, *, head: bool) -> float:
    """A title at the top says most; in running text other papers are merely mentioned."""
    weights = load_weights(TitleWeights)
    if mention.greets:
        return 0.0
    if mention.alone:
        points = weights.title
    elif mention.leads and (mention.kind not in _PASSING or mention.last - mention.first > 1):
        points = weights.leading
    else:
        points = 0.0 if mention.kind in _PASSING else weights.inside
    box = mention.row.box_of(mention.first, mention.last)
    if head and box.y0 < _TOP_OF_PAGE:
        points *= weights.factor_top
    if box.height > _TALL * page.line_height:
        points *= weights.factor_tall
    if mention.label:
        points *= weights.factor_label
    return points * weights.factor.of(mention.kind)


def _make_finding(page: PageView, mention: Mention) -> Finding:
    method = f"{'title' if mention.alone else 'names'} '{mention.phrase}'"
    return Finding(mention.kind, page, mention.row, mention.first, mention.last, 0.0, method, role_proved=mention.alone)
