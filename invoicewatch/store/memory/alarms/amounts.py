"""A total far outside of what a seller asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import exp, log
from statistics import median

from invoicewatch.records import Alarm, AlarmCode, Invoice
from invoicewatch.store.memory.alarms.history import Earlier, find_text

# Fewer documents have no range.
_LEAST = 5
# Of the median absolute deviation: the standard deviation of a normal distribution (Rousseeuw and Croux, 1993).
_DEVIATION = 1.4826
# So many deviations are far; few documents know their deviation badly, which the second term makes up for.
_FAR, _FAR_IF_FEW = 4.0, 20.0
# Nor is a total far that is within this factor of the median: prices rise, and a month's quantity doubles.
_USUAL_FACTOR = 4.0
# Of the lowest and the highest that were seen.
_BEYOND = 1.5


def find_unusual_total(invoice: Invoice, history: Sequence[Earlier]) -> Iterator[Alarm]:
    """The total, where it is far from those of at least five accepted documents of the same kind and currency.

    Totals are compared by their logarithms, around the median, so that one strange document moves nothing.
    """
    field = invoice.fields.get("total")
    if field is None or not isinstance(field.value, Decimal) or field.value <= 0:
        return
    kind, currency = find_text(invoice, "document_type"), find_text(invoice, "currency")
    alike = [each for each in history if each.accepted and (each.kind, each.currency) == (kind, currency)]
    totals = {each.id: each.total for each in alike if each.total is not None and each.total > 0}
    if len(totals) < _LEAST:
        return
    lowest, highest = find_range(list(totals.values()))
    if lowest <= field.value <= highest:
        return
    words = (
        f"the total {field.value} is far outside of this seller's range: {len(totals)} documents from"
        f" {min(totals.values()):.2f} to {max(totals.values()):.2f}, usual from {lowest} to {highest}"
    )
    yield Alarm(AlarmCode.UNUSUAL_TOTAL, words, "total", max(totals))


def find_range(totals: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """From where to where a total is usual, in cents; ``totals`` are above zero, five at least."""
    logs = [log(total) for total in totals]
    middle = median(logs)
    deviation = _DEVIATION * median(abs(each - middle) for each in logs)
    reach = max(log(_USUAL_FACTOR), (_FAR + _FAR_IF_FEW / len(logs)) * deviation)
    lowest = min(middle - reach, min(logs) - log(_BEYOND))
    highest = max(middle + reach, max(logs) + log(_BEYOND))
    cent = Decimal("0.01")
    return Decimal(exp(lowest)).quantize(cent), Decimal(exp(highest)).quantize(cent)
