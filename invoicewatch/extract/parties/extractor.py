"""Who sells and who buys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.extract.amounts.till import is_from_till
from invoicewatch.extract.page.evidence import Finding, make_text_field
from invoicewatch.extract.page.found import FoundBy
from invoicewatch.extract.page.layout import PageView, view_pages
from invoicewatch.extract.page.legal_forms import drop_mentioned_form, mentions_form
from invoicewatch.extract.page.named_kinds import has_sums, is_letter, list_covers
from invoicewatch.extract.page.sections import Section, find_role, find_sections
from invoicewatch.extract.parties.buyers import find_window_buyers
from invoicewatch.extract.parties.headed import find_under_headings
from invoicewatch.extract.parties.known import KnownSellers
from invoicewatch.extract.parties.lines import NameLine, find_name_lines
from invoicewatch.extract.parties.points import describe_seller, is_proved_seller, list_hosts, rate_seller
from invoicewatch.records import ExtractContext, Field


class PartyExtractor:
    """Finds ``seller_name`` and ``buyer_name``."""

    def __init__(self, settings: ExtractSettings) -> None:
        del settings  # there is nothing to set yet

    def find(self, context: ExtractContext) -> Mapping[str, Field | None]:
        """The parties with their evidence; None where the document names none."""
        pages = view_pages(context.readings)
        sections = {page.page: find_sections(page) for page in pages}
        sellers, buyers = (
            [finding for page in pages for finding in find_under_headings(page, sections[page.page], role)]
            for role in ("seller", "buyer")
        )
        if any(map(is_letter, pages)) and not any(map(has_sums, pages)):  # its From and To do not tell who sells
            sellers, buyers = _unproved(sellers), _unproved(buyers)
        if pages and not (sellers and buyers):
            covers = list_covers(pages)
            first = next(page for page in pages if page.page not in covers)
            lines = find_name_lines(first)
            known = KnownSellers(context.memory)
            sellers = sellers or find_by_layout(first, lines, sections[first.page], known)
            if not sellers:  # an invoice without a head may lie under the letter that has it
                sellers = find_by_layout(pages[0], find_name_lines(pages[0]), sections[pages[0].page], known)
            if not buyers and not is_from_till(pages):
                seller = max(sellers, key=lambda finding: finding.score).value if sellers else ""
                buyers = find_window_buyers(first, lines, sections[first.page], seller)
        sellers = [replace(finding, value=_name_alone(finding.value, pages)) for finding in sellers]
        return {
            "seller_name": make_text_field("seller_name", sellers),
            "buyer_name": make_text_field("buyer_name", buyers),
        }


def _unproved(findings: Sequence[Finding]) -> list[Finding]:
    return [replace(finding, role_proved=False) for finding in findings]


def _name_alone(name: str, pages: Sequence[PageView]) -> str:
    """Without ``SARL`` where the page has ``SARL au capital de ...`` as the mention that the law asks for."""
    stated = any(mentions_form(row.text) for page in pages for row in page.rows)
    return drop_mentioned_form(name) if stated else name


def find_by_layout(
    page: PageView, lines: Sequence[NameLine], sections: list[Section], known: KnownSellers
) -> list[Finding]:
    """Names without a heading: at the top, with a legal form, over an address, like the web address, or known."""
    hosts = list_hosts(page)
    lines = [line for line in lines if find_role(sections, line.row.number, line.box) in {"", "seller"}]
    named = [known.weigh(_make_finding(page, line, lines, hosts)) for line in lines]
    return [*named, *known.find_by_numbers(page)]


def _make_finding(page: PageView, line: NameLine, lines: Sequence[NameLine], hosts: Sequence[str]) -> Finding:
    proved = is_proved_seller(line, lines, hosts)
    method = FoundBy.HEAD_AND_DOMAIN if proved else FoundBy.PLACE_AND_FORM
    score = rate_seller(describe_seller(page, line, lines, hosts))
    return Finding(line.text, page, line.row, line.first, line.last, score, method, role_proved=proved, more=line.more)
