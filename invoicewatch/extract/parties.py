"""Who sells and who buys."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import exp
from statistics import fmean

from rapidfuzz import fuzz

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.extract.buyers import find_window_buyers
from invoicewatch.extract.evidence import Finding, fold, make_text_field
from invoicewatch.extract.labels import find_row_labels, load_labels
from invoicewatch.extract.layout import PageView, Row, view_pages
from invoicewatch.extract.legal_forms import CAPITAL_MENTION, drop_mentioned_form, has_legal_form
from invoicewatch.extract.name_lines import NameLine, clean_name, find_name_lines, is_address_like, is_name_like
from invoicewatch.extract.sections import Section, find_role, find_sections
from invoicewatch.records import ExtractContext, Field, Memory, SellerMemory

# Likelihood ratios as points: learned by judgement, not fitted; `_rate` turns the sum into a probability.
_FORM_POINTS = 4.0
_NUMBERED_POINTS = 2.0
_ADDRESS_BELOW_POINTS = 1.0
_RANK_POINTS = (2.0, 1.2, 0.6, 0.3)
_HEADER_POINTS = 3.0
_TRADE_POINTS = 1.0
_SENTENCE_POINTS = -1.5
_HOUSE_POINTS = -2.0
_UNCLEAR_POINTS = -3.0
_UNCLEAR = 60.0
_BEST_RATE = 0.95
_EVEN_POINTS = 4.5
_POINTS_A_STEP = 1.5
_DOMAIN_POINTS = 5.5
_REPEATED_POINTS = 0.5
_LOW_POINTS = -1.0
_LOW_ON_PAGE = 0.4

# Words of trades that names of shops without a legal form hold.
_TRADE = re.compile(
    r"\b(?:enterprises?|trading|traders?|stores?|shop|mart|\w*markt?|market|supermarket|restaurants?|restoran|bistro|caf[eé]|"
    r"bakery|hotel|pharmacy|hardware|stationery|books?|services?|solutions?|systems?|group|holdings?|company|sons|bros|"
    r"\w*handel|versand|verlag|apotheke|bäckerei|metzgerei|gasthaus|gasthof|werkstatt|autohaus|druckerei|tankstelle|praxis|"
    r"boulangerie|pâtisserie|librairie|garage|pharmacie|épicerie|brasserie|hôtel|ristorante|trattoria|farmacia|panificio|"
    r"panadería|tienda|supermercado|restaurante|ferretería|bakkerij|winkel|slagerij|apotheek|drukkerij)\b",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:@|https?://|www\.)(?:www\.)?([a-z0-9][a-z0-9.-]*)\.[a-z]{2,}", re.IGNORECASE)
_PUBLIC_HOSTS = frozenset({"gmail", "gmx", "web", "outlook", "hotmail", "yahoo", "tonline", "icloud", "orange", "free"})
_MIN_STEM = 4
_KNOWN_RATIO = 88.0
_MIN_PROOFS = 2

_FLUSH = 0.08
_SECTION_SCORE = 0.95
_BUYER_SCORE = 0.9


class PartyExtractor:
    """Finds ``seller_name`` and ``buyer_name``."""

    def __init__(self, settings: ExtractSettings) -> None:
        del settings  # there is nothing to set yet

    def find(self, context: ExtractContext) -> Mapping[str, Field | None]:
        """The parties with their evidence; None where the document names none."""
        pages = view_pages(context.readings)
        sections = {page.page: find_sections(page) for page in pages}
        sellers, buyers = (
            [finding for page in pages for finding in _find_under_headings(page, sections[page.page], role)]
            for role in ("seller", "buyer")
        )
        if pages and not (sellers and buyers):
            first = pages[0]
            lines = find_name_lines(first)
            sellers = sellers or find_by_layout(first, lines, sections[first.page], context)
            if not buyers and not _is_receipt(context):
                seller = max(sellers, key=lambda finding: finding.score).value if sellers else ""
                buyers = find_window_buyers(first, lines, sections[first.page], seller)
        sellers = [replace(finding, value=_name_alone(finding.value, pages)) for finding in sellers]
        return {
            "seller_name": make_text_field("seller_name", sellers),
            "buyer_name": make_text_field("buyer_name", buyers),
        }


def _is_receipt(context: ExtractContext) -> bool:
    kind = context.found.get("document_type")
    return kind is not None and kind.value == "receipt"


def _name_alone(name: str, pages: Sequence[PageView]) -> str:
    """Without ``SARL`` where the page has ``SARL au capital de ...`` as the mention that the law asks for."""
    stated = any(CAPITAL_MENTION.search(row.text) for page in pages for row in page.rows)
    return drop_mentioned_form(name) if stated else name


def _find_under_headings(page: PageView, sections: Sequence[Section], role: str) -> list[Finding]:
    """The name in each block of ``role``: beside ``Name:``, else the first line that is like a name."""
    found = []
    for section in sections:
        if section.role == role:
            finding = _find_in_section(page, section)
            if finding is not None:
                found.append(finding)
    return found


def _find_in_section(page: PageView, section: Section) -> Finding | None:
    """Beside ``Name:``; else the line with a legal form among the first lines like names; else the first of these."""
    lines: list[tuple[Row, int, int]] = []
    for row in page.rows[section.first : section.last]:
        for first, last in row.cells:
            start = max(first, section.heading.last) if row is section.heading.row else first
            if start >= last or not section.holds(row.number, row.box_of(start, last)):
                continue
            named = _find_after_name_label(row, start, last)
            if named is not None:
                return _make_section_finding(page, section, row, *named)
            if is_name_like(clean_name(row.join(start, last))) and not _has_label(row, start):
                lines.append((row, start, last))
    lines = [line for line in lines if _is_under(section, line)] or lines
    near = [line for line in lines if line[0].number <= lines[0][0].number + 1]
    best = next((line for line in near if has_legal_form(line[0].join(*line[1:]))), near[0] if near else None)
    return _make_section_finding(page, section, *best) if best is not None else None


def _is_under(section: Section, line: tuple[Row, int, int]) -> bool:
    """Flush with the heading or right beside it: not in a column further right."""
    row, first, _ = line
    return row is section.heading.row or abs(row.words[first].box.x0 - section.heading.box.x0) < _FLUSH


def _find_after_name_label(row: Row, first: int, last: int) -> tuple[int, int] | None:
    labels = [label for label in find_row_labels(row, load_labels("parties")) if label.role == "name"]
    for label in labels:
        if label.first != first or not label.leads:
            continue
        if label.last < last:
            return label.last, last
        following = next((cell for cell in row.cells if cell[0] >= last), None)
        if following is not None:
            return following
    return None


def _has_label(row: Row, first: int) -> bool:
    return any(label.first == first for label in find_row_labels(row, load_labels("identifiers")))


def _make_section_finding(page: PageView, section: Section, row: Row, first: int, last: int) -> Finding | None:
    while first < last and not any(char.isalnum() for char in row.words[first].text):
        first += 1
    name = clean_name(row.join(first, last))
    if not is_name_like(name):
        return None
    score = _SECTION_SCORE if section.role == "seller" else _BUYER_SCORE
    return Finding(name, page, row, first, last, score, f"under '{section.heading.phrase}'", role_proved=True)


def find_by_layout(
    page: PageView, lines: Sequence[NameLine], sections: list[Section], context: ExtractContext
) -> list[Finding]:
    """Names without a heading: at the top, with a legal form, over an address, like the web address."""
    hosts = _list_hosts(page)
    lines = [line for line in lines if find_role(sections, line.row.number, line.box) in {"", "seller"}]
    scored = [(_count_points(page, line, lines, hosts), line) for line in lines]
    findings = [_make_finding(page, line, points) for points, line in scored]
    return [_weigh_by_memory(finding, context.memory) for finding in findings]


def _count_points(page: PageView, line: NameLine, lines: Sequence[NameLine], hosts: Sequence[str]) -> float:
    points = _RANK_POINTS[line.rank] if line.header and line.rank < len(_RANK_POINTS) else 0.0
    points += _FORM_POINTS * line.form + _NUMBERED_POINTS * line.numbered
    points += _ADDRESS_BELOW_POINTS * _has_address_below(page, line)
    points += _DOMAIN_POINTS * any(_is_like_host(line.text, host) for host in hosts)
    points += _HEADER_POINTS * line.header + _TRADE_POINTS * (not line.form and _TRADE.search(line.text) is not None)
    points += _SENTENCE_POINTS * (not line.form and _is_sentence(line.text))
    points += _HOUSE_POINTS * (line.text[-1:].isdigit() and not line.form)
    points += _UNCLEAR_POINTS * (fmean(word.confidence for word in line.words) < _UNCLEAR)
    points += _REPEATED_POINTS * any(other is not line and fold(other.text) == fold(line.text) for other in lines)
    points += _LOW_POINTS * (line.box.y0 > _LOW_ON_PAGE)
    return points


def _has_address_below(page: PageView, line: NameLine) -> bool:
    return any(
        is_address_like(row.join(first, last)) for row, first, last in page.cells_below(line.box, line.last_row, 1)
    )


def _is_sentence(text: str) -> bool:
    """Most of its longer words begin small: people write so, names do not."""
    words = [word for word in text.split() if sum(char.isalpha() for char in word) > 2]  # noqa: PLR2004
    return len(words) > 2 and 2 * sum(word[0].islower() for word in words) > len(words)  # noqa: PLR2004


def _list_hosts(page: PageView) -> list[str]:
    """The registrable part of every web or mail host on the page, mail providers aside."""
    hosts = []
    for row in page.rows:
        for match in _HOST.finditer(row.text):
            stem = fold(match.group(1).split(".")[-1])
            if len(stem) >= _MIN_STEM and stem not in _PUBLIC_HOSTS:
                hosts.append(stem)
    return hosts


def _is_like_host(name: str, host: str) -> bool:
    folded = fold(name)
    return host in folded or (len(folded) >= _MIN_STEM and folded in host)


def _make_finding(page: PageView, line: NameLine, points: float) -> Finding:
    method = "by its place and form"
    return Finding(line.text, page, line.row, line.first, line.last, _rate(points), method, more=line.more)


def _rate(points: float) -> float:
    """Points to a probability, by a logistic curve: four points are an even chance."""
    return _BEST_RATE / (1 + exp((_EVEN_POINTS - points) / _POINTS_A_STEP))


def _weigh_by_memory(finding: Finding, memory: Memory) -> Finding:
    """A name that proved documents had before is likelier, and is written as it was proved."""
    for seller in memory.sellers:
        if seller.proofs >= _MIN_PROOFS and _is_known(finding.value, seller):
            return replace(finding, score=max(finding.score, 0.95), method="a seller known from proved documents")
    return finding


def _is_known(name: str, seller: SellerMemory) -> bool:
    return fuzz.ratio(fold(name), fold(seller.name)) >= _KNOWN_RATIO
