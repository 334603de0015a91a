"""What rules say of the lines of a page: headings over names, points for plain lines, names that go on below.

Rules are features like any other: the ranking weighs what they are worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from invoicewatch.extract.amounts.till import is_from_till
from invoicewatch.extract.page.evidence import Finding, fold
from invoicewatch.extract.page.layout import PageView
from invoicewatch.extract.page.sections import Section, find_role
from invoicewatch.extract.parties.buyers import find_window_buyers, list_window_lines
from invoicewatch.extract.parties.headed import find_under_headings
from invoicewatch.extract.parties.names.candidate import NameCandidate
from invoicewatch.extract.parties.names.lines import NameLine, find_name_lines
from invoicewatch.extract.parties.names.signs import load_signs
from invoicewatch.extract.parties.ranking.facts import PageFacts
from invoicewatch.extract.parties.ranking.points import count_points, is_proved_seller

_NO_POINTS = -6.0


@dataclass(frozen=True)
class Judgement:
    """What the rules found on one page: names under headings, plain lines, and each line's points by its letters."""

    sellers: Sequence[Finding]
    buyers: Sequence[Finding]
    lines: Sequence[NameLine]
    points: dict[str, float]
    proved: frozenset[str]
    window: frozenset[str]
    addressed: frozenset[str]

    @cached_property
    def most_points(self) -> float:
        """The points of the best line."""
        return max(self.points.values(), default=_NO_POINTS)

    @cached_property
    def headed_sellers(self) -> frozenset[str]:
        """The letters of the names under headings of sellers."""
        return frozenset(fold(finding.value) for finding in self.sellers)

    @cached_property
    def headed_buyers(self) -> frozenset[str]:
        """The letters of the names under headings of buyers."""
        return frozenset(fold(finding.value) for finding in self.buyers)


def judge_page(facts: PageFacts) -> Judgement:
    """Ask all rules once."""
    page, sections = facts.page, list(facts.sections)
    lines = find_name_lines(page)
    free = [line for line in lines if _is_free(line, sections)]
    points: dict[str, float] = {}
    for line in free:
        folded = fold(line.text)
        points[folded] = max(points.get(folded, _NO_POINTS), count_points(page, line, free, facts.hosts))
    proved = {fold(line.text) for line in free if is_proved_seller(line, free, facts.hosts)}
    best = max(points, key=points.__getitem__, default="")
    window = {fold(finding.value) for finding in find_window_buyers(page, lines, sections, best)}
    sellers, buyers = (find_under_headings(page, sections, role) for role in ("seller", "buyer"))
    addressed = _list_addressed(page, lines, sections)
    return Judgement(sellers, buyers, lines, points, frozenset(proved), frozenset(window), addressed)


def _list_addressed(page: PageView, lines: Sequence[NameLine], sections: list[Section]) -> frozenset[str]:
    """People with a title over an address in the window of the envelope: a letter goes to them. Tills send none."""
    title = load_signs().addressed
    windowed = [each for each in lines if not each.form and title.match(each.text)]
    if not windowed or is_from_till([page]):
        return frozenset()
    return frozenset(fold(line.text) for line in list_window_lines(page, windowed, sections))


def _is_free(line: NameLine, sections: list[Section]) -> bool:
    return find_role(sections, line.row.number, line.box) in {"", "seller"}


def mark_judgement(candidate: NameCandidate, judgement: Judgement) -> dict[str, float]:
    """The features that rules give a candidate."""
    folded = candidate.folded
    points = judgement.points.get(folded, _NO_POINTS)
    best = judgement.most_points
    return {
        "points": points,
        "points_behind": best - points,
        "proved": float(folded in judgement.proved),
        "plain_line": float(folded in judgement.points),
        "most_points": float(points == best and folded in judgement.points),
        "headed": float(folded in judgement.headed_sellers),
        "others_headed": float(bool(judgement.sellers)),
        "headed_buyer": float(folded in judgement.headed_buyers),
        "window_buyer": float(folded in judgement.window),
        "inside_line": float(any(folded in line and folded != line for line in judgement.points)),
    }
