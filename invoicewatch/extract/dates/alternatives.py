"""Other days that a date may be: read the other way round, or another one of the document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from invoicewatch.extract.dates.candidates import IssueCandidate
from invoicewatch.extract.dates.claims import DateClaim
from invoicewatch.extract.dates.order.decide import OrderEvidence
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import IssueWeights
from invoicewatch.records import Alternative

_MAX_ALTERNATIVES = 4


def list_alternatives(
    claim: DateClaim,
    day: date,
    rest: Sequence[IssueCandidate],
    order: OrderEvidence,
    nearly: Sequence[Alternative] = (),
) -> tuple[Alternative, ...]:
    """The other readings of ``claim``, which means ``day``, then the other days of the document, likeliest first.

    ``nearly`` are days that the engine nearly read in place of it.
    """
    scale, written = load_weights(IssueWeights).scale, claim.written
    chances = dict.fromkeys(written.days, round(max(1.0 - order.probability, scale.alternative_swapped), 3))
    if written.year_first is not None:
        chances.setdefault(written.year_first, scale.alternative_swapped)
    swapped = [
        Alternative(other, chance, claim.row.page, claim.box, claim.text)
        for other, chance in chances.items()
        if other != day
    ]
    places = [(each.day, each.claims[0]) for each in rest if each.day != day]
    others = [
        Alternative(other, scale.alternative_other_day, place.row.page, place.box, place.text)
        for other, place in places
    ]
    known = {other.value for other in swapped}
    return (*swapped, *(each for each in nearly if each.value not in known), *others)[:_MAX_ALTERNATIVES]
