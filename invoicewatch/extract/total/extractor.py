"""The sums of the document: total, net, tax and what is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.amounts.parse import parse_amount
from invoicewatch.extract.amounts.till import is_from_till
from invoicewatch.extract.page.layout import view_pages
from invoicewatch.extract.page.named_kinds import find_named_kind
from invoicewatch.extract.proof.fields import find_source, with_cents
from invoicewatch.extract.proof.nearly import list_nearly_read
from invoicewatch.extract.total.belief import rate_total
from invoicewatch.extract.total.breakdown import find_net_and_tax
from invoicewatch.extract.total.credit_notes import state_credit
from invoicewatch.extract.total.due import find_due
from invoicewatch.extract.total.proofs import prove_total
from invoicewatch.extract.total.ranking.choice import TotalCandidate, names_total, rank_totals
from invoicewatch.extract.total.reading.sums import Sums, read_sums
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import TotalWeights
from invoicewatch.records import Alternative, ExtractContext, Field

_MAX_ALTERNATIVES = 4
_MOST_CLOSINGS = 2  # more kinds of sums mostly close on the same figures


class TotalExtractor:
    """Finds ``total``, ``net_total``, ``tax_total`` and ``amount_due``."""

    def __init__(self, settings: ExtractSettings) -> None:
        self._settings = settings

    def find(self, context: ExtractContext) -> Mapping[str, Field | None]:
        """The sums with their evidence; None where the document names none.

        What is due on a reminder is no total. No other title removes a sum: it may be misread, or mean another paper.
        """
        pages = view_pages(context.readings)
        named = find_named_kind(pages)
        sums = read_sums(context)
        ranked = rank_totals(sums)
        if named is not None and named.value == "reminder":
            ranked = [candidate for candidate in ranked if names_total(candidate)]
        total = make_total(ranked, sums) if ranked else None
        net, tax = find_net_and_tax(
            ranked[0] if ranked else None,
            sums,
            total_proved=total is not None and total.verified,
        )
        found = {"total": total, "net_total": net, "tax_total": tax, "amount_due": find_due(sums.claims, total)}
        return state_credit(found, context.found, named, till=is_from_till(pages))


def make_total(ranked: Sequence[TotalCandidate], sums: Sums) -> Field:
    """The field of the likeliest candidate, the others as alternatives."""
    best, rest = ranked[0], ranked[1:]
    proof = prove_total(ranked, sums)
    source = find_source(best.amount.row, best.amount.words)
    place = best.amount.row.page, best.amount.box, best.text
    nearly = () if proof.complete else list_nearly_read(best.amount.words, with_cents(best.value), _parse, place)
    seen = {other.value for other in nearly}
    rivals = [_alternative(candidate, best) for candidate in rest if with_cents(candidate.value) not in seen]
    return Field(
        name="total",
        value=with_cents(best.value),
        confidence=rate_total(ranked, sums),
        verified=proof.complete,
        page=best.amount.row.page,
        box=best.amount.box,
        source=source,
        method="; ".join(filter(None, (proof.method, best.amount.prior))),
        text=best.text,
        alternatives=(*nearly, *rivals)[:_MAX_ALTERNATIVES],
    )


def _parse(text: str) -> Decimal | None:
    try:
        return with_cents(parse_amount(text).value)
    except ValueError:
        return None


def _alternative(candidate: TotalCandidate, best: TotalCandidate) -> Alternative:
    scale = load_weights(TotalWeights).scale
    behind = best.score - candidate.score
    confidence = round(max(scale.alternative_least, scale.alternative_even - scale.alternative_step * behind), 3)
    amount = candidate.amount
    return Alternative(with_cents(candidate.value), confidence, amount.row.page, amount.box, candidate.text)
