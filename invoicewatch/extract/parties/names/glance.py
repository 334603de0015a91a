"""Which of many candidates are worth a close look: told by what costs next to nothing to know."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from invoicewatch.extract.page.evidence import fold
from invoicewatch.extract.page.layout import PageView
from invoicewatch.extract.page.legal_forms import find_legal_form
from invoicewatch.extract.parties.names.brands import is_brand
from invoicewatch.extract.parties.names.candidate import NameCandidate
from invoicewatch.extract.parties.names.lines import is_name_like
from invoicewatch.extract.parties.names.shop_numbers import drop_shop_number

MOST = 32
"""How many candidates of a page are looked at closely."""
_MIN_IN_HOST = 3
_HEADY_ROWS = 12  # further down it matters no more how far
_FOOT_ROWS = 8


def keep_promising(
    candidates: list[NameCandidate], page: PageView, hosts: Sequence[str], headed: Collection[int]
) -> list[NameCandidate]:
    """At most ``MOST`` of ``candidates``, those that look most like a seller's name at a glance, in their order."""
    if len(candidates) <= MOST:
        return candidates
    worth = [_glance(candidate, page, hosts, headed) for candidate in candidates]
    best = sorted(range(len(candidates)), key=lambda n: -worth[n])[:MOST]
    return [candidates[n] for n in sorted(best)]


def _glance(candidate: NameCandidate, page: PageView, hosts: Sequence[str], headed: Collection[int]) -> float:
    """Roughly how promising a candidate is: by what costs next to nothing to know."""
    number, folded = candidate.row.number, candidate.folded
    text = drop_shop_number(candidate.text, at_top=number == 0)
    worth = 5.0 * (find_legal_form(text) is not None)
    worth += 4.0 * any(host in folded or (len(folded) > _MIN_IN_HOST and folded in host) for host in hosts)
    worth += 4.0 * (number in headed) + 2.0 * is_brand(fold(text))
    worth += 1.5 * min(candidate.type_height / max(page.line_height, 1e-6), 3.0)
    worth += 1.5 * (number >= len(page.rows) - _FOOT_ROWS) - 0.3 * min(number, _HEADY_ROWS)
    worth -= 1.5 * (candidate.lines - 1) + any(map(str.isdigit, text))
    return worth - 3.0 * (not is_name_like(text))
