"""What kind of paper this is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.extract.amounts.roles import SUM_ROLES, AmountRole
from invoicewatch.extract.amounts.rows import find_amounts
from invoicewatch.extract.page.evidence import Finding, make_text_field
from invoicewatch.extract.page.found import FoundBy
from invoicewatch.extract.page.labels import find_labels, load_labels
from invoicewatch.extract.page.layout import PageView, view_pages
from invoicewatch.extract.page.titles import Mention, find_mentions
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import KindWeights
from invoicewatch.records import ExtractContext, Field

_TOP_OF_PAGE = 0.4  # of its height: titles stand above, with or without a letter's head
_TALL = 1.4  # times the page's usual line: bold print of the same size measures less
_TILL_ROLES = frozenset({AmountRole.CASH, AmountRole.CHANGE})
_PAID = re.compile(r"\W*(?:[^\W\d]{1,3}\W*)?\d[\d., ]*[.,] ?\d{2}(?!\d)")
# Fewer than 60 characters go on a line of a till's paper, more than 90 on a sheet.
_NARROW_PAPER = 1 / 65
# Their words ("order", "change", "bon") stand on other papers too; only a title or a whole phrase counts.
_PASSING = frozenset({"other", "receipt"})
_SUM_ROLES = SUM_ROLES - {AmountRole.NET_OR_TOTAL}


class DocumentTypeExtractor:
    """Finds ``document_type``: invoice, credit_note, receipt, reminder or other."""

    def __init__(self, settings: ExtractSettings) -> None:
        del settings  # there is nothing to set yet

    def find(self, context: ExtractContext) -> Mapping[str, Field | None]:
        """The kind; None where nothing could be read."""
        pages = [page for page in view_pages(context.readings) if page.rows]
        findings = rank_kinds(pages)
        guessed = load_weights(KindWeights).guessed
        titled = any(finding.role_proved or finding.score >= guessed for finding in findings)
        if pages and not (findings and (titled or any(map(_has_money, pages)))):
            findings = [_guess_kind(pages[0])]
        return {"document_type": make_text_field("document_type", findings)}


def rank_kinds(pages: Sequence[PageView]) -> list[Finding]:
    """The kinds that the document names, each where it is named best; its score is its share of all points.

    Several mentions of one phrase count once: a word that every line repeats is no more of a title for it.
    """
    worths: dict[str, dict[str, float]] = defaultdict(dict)
    best: dict[str, tuple[float, Finding]] = {}
    for page in pages:
        for mention in find_mentions(page):
            worth = _count_points(page, mention)
            if worth <= 0:
                continue
            phrases = worths[mention.kind]
            phrases[mention.phrase] = max(worth, phrases.get(mention.phrase, 0.0))
            if mention.kind not in best or worth > best[mention.kind][0]:
                best[mention.kind] = worth, _make_finding(page, mention)
    _add_till_signs(pages, worths, best)
    sums = {kind: sum(phrases.values()) for kind, phrases in worths.items()}
    whole = sum(sums.values()) + load_weights(KindWeights).unseen
    return [replace(finding, score=sums[kind] / whole) for kind, (_, finding) in best.items()]


def _add_till_signs(
    pages: Sequence[PageView], worths: dict[str, dict[str, float]], best: dict[str, tuple[float, Finding]]
) -> None:
    """Cash, change and a narrow paper make a receipt of what a till's printer calls an invoice."""
    points = load_weights(KindWeights).till
    for page in pages:
        if "receipt" in worths and page.char_width > _NARROW_PAPER:
            worths["receipt"]["narrow paper"] = points
        for label in find_labels(page, load_labels("amounts")):
            if (
                label.leads
                and label.role in _TILL_ROLES
                and _PAID.match(label.row.join(label.last, len(label.row.words)))
            ):
                worths["receipt"][label.role] = points
                finding = Finding(
                    "receipt", page, label.row, label.first, label.last, 0.0, f"'{label.phrase}' at a till"
                )
                best.setdefault("receipt", (points, finding))


def _count_points(page: PageView, mention: Mention) -> float:
    """A title at the top says most; in running text other papers are merely mentioned."""
    weights = load_weights(KindWeights)
    if mention.alone:
        points = weights.title
    elif mention.leads and (mention.kind not in _PASSING or mention.last - mention.first > 1):
        points = weights.leading
    else:
        points = 0.0 if mention.kind in _PASSING else weights.inside
    box = mention.row.box_of(mention.first, mention.last)
    if page.page == 1 and box.y0 < _TOP_OF_PAGE:
        points *= weights.factor_top
    if box.height > _TALL * page.line_height:
        points *= weights.factor_tall
    return points * weights.factor.of(mention.kind)


def _make_finding(page: PageView, mention: Mention) -> Finding:
    method = f"{'title' if mention.alone else 'names'} '{mention.phrase}'"
    return Finding(mention.kind, page, mention.row, mention.first, mention.last, 0.0, method, role_proved=mention.alone)


def _guess_kind(page: PageView) -> Finding:
    """Nothing says what it is: with a total it may be a receipt, else it asks for no money."""
    guessed = load_weights(KindWeights).guessed
    sums = [label for label in find_labels(page, load_labels("amounts")) if label.role in _SUM_ROLES and label.leads]
    if sums:
        label = sums[0]
        method = f"no title, but '{label.phrase}'"
        return Finding("receipt", page, label.row, label.first, label.last, guessed, method)
    row = page.rows[0]
    kind, method = "other", FoundBy.NO_SIGN
    if page.char_width > _NARROW_PAPER and _has_money(page):
        kind, method = "receipt", FoundBy.NARROW_PAPER
    return Finding(kind, page, row, 0, len(row.words), guessed, method)


def _has_money(page: PageView) -> bool:
    return any(amount.is_money for row in page.rows for amount in find_amounts(row, page.char_width))
