"""Which sums are printed, in which order and under which names."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from invoicewatch.samples.free.blocks.draft import Draft
from invoicewatch.samples.invent.invoice import Kind

# Names of a total that say in so many words that it is the amount due.
_DUE = frozenset({"amount due", "balance due", "zahlbetrag"})


class Sum(NamedTuple):
    """One row: its label, its amount as printed, and whether it is what the whole comes to."""

    label: str
    amount: str
    strong: bool = False


def list_sums(draft: Draft) -> list[Sum]:
    """All sums in one of the orders of the trade, told as they are listed."""
    spec = draft.bill.spec
    rows = _list_before_tax(draft)
    taxes = _list_taxes(draft)
    net = Sum(draft.say("net"), draft.amount(spec.net_total))
    total = make_total(draft)
    taxed = spec.tax_total != 0
    if not taxed:
        return [*rows, *list_rounding(draft), total, *list_ending(draft)]
    if spec.prices_include_tax:
        shown = taxes if draft.chance(0.85) else []
        shown = [*shown, net] if draft.chance(0.5) else shown
        if net in shown:
            draft.tell("net_total", net.amount)
        if taxes and taxes[0] in shown:
            _tell_tax(draft, taxes)
        return [*rows, *list_rounding(draft), total, *shown, *list_ending(draft)]
    _tell_tax(draft, taxes)
    if not rows and spec.market == "US":
        net = Sum(draft.say("net_on_top"), net.amount)
    draft.tell("net_total", net.amount)
    middle = [net, *taxes]
    if draft.chance(0.08):
        middle = [*taxes, net]
    if len(taxes) > 1 and draft.chance(0.3):
        middle.append(Sum(draft.say("tax_total"), draft.amount(spec.tax_total, "tax_total")))
    return [*rows, *middle, *list_rounding(draft), total, *list_ending(draft)]


def _list_before_tax(draft: Draft) -> list[Sum]:
    spec, bill = draft.bill.spec, draft.bill
    rows = []
    if spec.discount or bill.extras or draft.chance(0.12):
        rows.append(Sum(draft.say("subtotal"), draft.amount(bill.goods_total)))
    if spec.discount:
        label = draft.say("discount", rate=draft.rate(spec.discount_percent))
        rows.append(Sum(label, draft.amount(-spec.discount)))
    rows += [Sum(label, draft.amount(spec.sign * item.amount)) for label, item in bill.extras]
    return rows


def _list_taxes(draft: Draft) -> list[Sum]:
    spec = draft.bill.spec
    meaning = "tax_included" if spec.prices_include_tax else "tax"
    lines = [line for line in spec.tax_lines if line.rate]
    halves = spec.market == "IN" and len(lines) == 1 and not lines[0].tax % Decimal("0.02")
    if halves and not spec.prices_include_tax and draft.chance(0.6):
        rate = draft.rate(lines[0].rate / 2)
        return [Sum(f"{name} {rate}%", draft.amount(lines[0].tax / 2)) for name in ("CGST", "SGST")]
    return [Sum(draft.say(meaning, rate=draft.rate(line.rate)), draft.amount(line.tax)) for line in lines]


def _tell_tax(draft: Draft, taxes: list[Sum]) -> None:
    """Where one row holds all the tax, it is the sum of the taxes."""
    if len(taxes) == 1:
        draft.tell("tax_total", taxes[0].amount)


def list_rounding(draft: Draft) -> list[Sum]:
    """Rounding to the smallest coin, by chance after what is rounded; nothing where nothing was rounded."""
    spec = draft.bill.spec
    if not spec.rounding:
        return []
    rows = [Sum(draft.say("rounding"), draft.amount(spec.rounding))]
    if draft.chance(0.6):
        rows.insert(0, Sum(draft.say("gross"), draft.amount(spec.gross_total)))
    return rows


def make_total(draft: Draft) -> Sum:
    """What the document comes to."""
    spec = draft.bill.spec
    meaning = "gross" if spec.prepaid else "total_credit_note" if spec.kind is Kind.CREDIT_NOTE else "total"
    if draft.bill.at_till:
        meaning = "total_receipt"
    label, amount = draft.say(meaning), draft.amount(spec.total, "total", strong=True)
    if label.lower() in _DUE and not spec.prepaid:
        draft.tell("amount_due", amount)
    return Sum(label, amount, strong=True)


def list_ending(draft: Draft) -> list[Sum]:
    """What was paid before and what is left, where the document says so."""
    spec = draft.bill.spec
    if spec.prepaid:
        due = Sum(draft.say("amount_due"), draft.amount(spec.amount_due, "amount_due", strong=True), strong=True)
        return [Sum(draft.say("prepaid"), draft.amount(-spec.prepaid if draft.chance(0.6) else spec.prepaid)), due]
    if spec.kind is Kind.INVOICE and draft.chance(0.06):
        paid = Sum(draft.say("prepaid"), draft.amount(spec.sign * Decimal("0.00")))
        return [paid, Sum(draft.say("amount_due"), draft.amount(spec.total, "amount_due", strong=True), strong=True)]
    return []
