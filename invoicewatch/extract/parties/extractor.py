"""Who sells and who buys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.extract.amounts.till import is_from_till
from invoicewatch.extract.page.evidence import Finding, fold, make_text_field
from invoicewatch.extract.page.layout import PageView, view_pages
from invoicewatch.extract.page.legal_forms import drop_mentioned_form, find_mention
from invoicewatch.extract.page.named_kinds import has_sums, is_letter, list_covers
from invoicewatch.extract.page.sections import Section, find_role, find_sections
from invoicewatch.extract.parties.buyers import drop_false_buyers, find_window_buyers
from invoicewatch.extract.parties.headed import find_under_headings
from invoicewatch.extract.parties.imprint import find_in_imprints, prefer_imprints
from invoicewatch.extract.parties.known import KnownSellers
from invoicewatch.extract.parties.ranking.choice import (
    DescribedPage,
    describe_page,
    drop_office,
    limit_scores,
    rank_sellers,
)
from invoicewatch.extract.weights.identities import SellerWeights
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.records import ExtractContext, Field


class PartyExtractor:
    """Finds ``seller_name`` and ``buyer_name``."""

    late = ("seller_name", "buyer_name")

    def __init__(self, settings: ExtractSettings) -> None:
        del settings  # there is nothing to set yet

    def find(self, context: ExtractContext) -> Mapping[str, Field | None]:
        """The parties with their evidence; None where the document names none."""
        pages = view_pages(context.readings)
        sections = {page.page: find_sections(page) for page in pages}
        covers = list_covers(pages)
        shown = [page for page in pages if page.rows]
        head = next((page for page in shown if page.page not in covers), next(iter(shown), None))
        if head is None:
            return {"seller_name": None, "buyer_name": None}
        described = describe_page(head, sections[head.page])
        first, judgement = described.page, described.judgement
        later = [page for page in pages if page is not first]
        sellers = _find_sellers(context, described, _find_headed(later, sections, "seller"))
        if not judgement.lines:  # an invoice without a head may lie under the letter that has it
            heads = [page for page in shown if page.page in covers and page is not first]
            sellers = [
                finding
                for page in heads
                for finding in rank_sellers(describe_page(page, sections[page.page]), context.office)
            ] or sellers
        sellers = drop_office(prefer_imprints(sellers, find_in_imprints(pages)), context.office)
        buyers = [*judgement.buyers, *_find_headed(later, sections, "buyer")]
        if not buyers and not is_from_till(pages):
            seller = max(sellers, key=lambda finding: finding.score).value if sellers else ""
            buyers = find_window_buyers(first, judgement.lines, sections[first.page], seller)
        buyers = [_unprove_repeated(finding, pages, sections) for finding in buyers]
        if any(map(is_letter, pages)) and not any(map(has_sums, pages)):  # its From and To do not tell who sells
            sellers, buyers = _unproved(sellers), _unproved(buyers)
        sellers = [replace(finding, value=name_alone(finding.value, pages)) for finding in sellers]
        return {
            "seller_name": make_text_field("seller_name", sellers),
            "buyer_name": make_text_field("buyer_name", drop_false_buyers(buyers, sellers)),
        }


def name_alone(name: str, pages: Sequence[PageView]) -> str:
    """Without ``SARL`` where the page has ``SARL au capital de ...`` as the mention that the law asks for."""
    stated = any(find_mention(row.text) is not None for page in pages for row in page.rows)
    return drop_mentioned_form(name) if stated else name


def _unprove_repeated(buyer: Finding, pages: Sequence[PageView], sections: Mapping[int, list[Section]]) -> Finding:
    """Who also stands on a line of its own outside any block may be the seller: ``To`` on a slip to send back."""
    if not buyer.role_proved:
        return buyer
    name = fold(buyer.value)
    outside = any(
        fold(row.join(first, last)) == name and not find_role(sections[page.page], row.number, row.box_of(first, last))
        for page in pages
        for row in page.rows
        for first, last in row.cells
    )
    return replace(buyer, role_proved=False) if outside else buyer


def _find_headed(pages: Sequence[PageView], sections: Mapping[int, Sequence[Section]], role: str) -> list[Finding]:
    return [finding for page in pages for finding in find_under_headings(page, sections[page.page], role)]


def _find_sellers(context: ExtractContext, described: DescribedPage, later: Sequence[Finding]) -> list[Finding]:
    """The names of the first page as they rank; a heading on a ``later`` page counts if the first has none."""
    known = KnownSellers(context.memory)
    ranked = rank_sellers(described, context.office)
    if later and not described.judgement.sellers:
        most = load_weights(SellerWeights).scale.headed_elsewhere
        return [*drop_office(later, context.office), *limit_scores(ranked, most)]
    found = [*(known.weigh(finding) for finding in ranked), *known.find_by_numbers(described.page)]
    return drop_office(found, context.office)


def _unproved(findings: Sequence[Finding]) -> list[Finding]:
    return [replace(finding, role_proved=False) for finding in findings]
