"""Number, dates and their neighbours as label and value."""

from __future__ import annotations

from datetime import timedelta

from invoicewatch.samples.free.blocks.draft import Draft
from invoicewatch.samples.invent.invoice import Kind

Pairs = list[tuple[str, str]]


def list_meta(draft: Draft, most: int = 7) -> Pairs:
    """Number and dates as label and value, with neighbours that are neither: ``most`` (3 or more) in all.

    What was told before may be left out.
    """
    spec, rng = draft.bill.spec, draft.rng
    number = "number_credit_note" if spec.kind is Kind.CREDIT_NOTE else "number"
    ours: Pairs = []
    if "invoice_number" not in draft.told or draft.chance(0.2):
        ours.append((draft.say(number), draft.tell("invoice_number", spec.number)))
    if "issue_date" not in draft.told:
        ours.append((draft.say("date"), draft.date(spec.issue_date, "issue_date")))
    if draft.chance(0.25):
        ours.reverse()
    late: Pairs = []
    if spec.due_date and "due_date" not in draft.told:
        late.append((draft.say("due"), draft.date(spec.due_date, "due_date")))
    others = _list_others(draft)
    rng.shuffle(others)
    others = others[: min(most - 3, rng.choice((0, 1, 1, 2, 3, 4)))]
    middle = rng.randint(0, len(others)) if draft.chance(0.5) else 0
    return [*others[:middle], *ours, *late, *others[middle:]] if draft.chance(0.6) else [*ours, *others, *late]


def add_colon(draft: Draft, label: str) -> str:
    """A label with this layout's colon, unless it ends in a sign already."""
    return label if not label or label[-1] in ".:#°º" else label + draft.colon


def _list_others(draft: Draft) -> Pairs:
    spec, rng = draft.bill.spec, draft.rng
    before = spec.issue_date - timedelta(days=rng.randint(1, 40))
    started = spec.issue_date.replace(day=1) - timedelta(days=1)
    assert spec.delivery_date is not None
    pairs = [
        (draft.say("order"), spec.order_number),
        (draft.say("customer"), spec.customer_number),
        (draft.say("delivery"), draft.date(spec.delivery_date)),
        (draft.say("order_date"), draft.date(before)),
        (draft.say("printed"), draft.date(spec.issue_date + timedelta(days=rng.randint(0, 3)))),
        (draft.say("period"), f"{draft.date(started.replace(day=1))} - {draft.date(started)}"),
        (draft.say("delivery_note"), str(rng.randint(10000, 999999))),
        (draft.say("terms_label"), draft.say("terms_value")),
        (draft.say("ship_via"), rng.choice(("Courier", "DPX", "Parcel", "Truck"))),
        (draft.say("salesperson"), draft.bill.person),
    ]
    if spec.buyer and spec.buyer.vat_id:
        pairs.append((draft.say("buyer_vat_id"), spec.buyer.vat_id))
    return [pair for pair in pairs if pair[0] and len(pair[1]) < 30]
