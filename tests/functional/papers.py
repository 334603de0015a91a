"""Papers of one seller, month after month, in the free layout of a seed: the same print, other goods, sums and days."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random

from invoicewatch.samples.files.pdf import render_pdf
from invoicewatch.samples.free.invent.bill import invent_bill
from invoicewatch.samples.free.papers.draw import draw_paper
from invoicewatch.samples.free.tills.draw import draw_till

MONTH = timedelta(days=30)
CENT = Decimal("0.01")


def make_month(seed, month, layout=None):
    """One paper as PDF, and its total and day as `set` takes them; ``layout`` is the seed's own unless one is given."""
    bill = invent_bill(seed)
    spec, rng = bill.spec, Random(f"{seed} {month}")
    items = tuple(
        replace(item, unit_price=(item.unit_price * rng.randint(70, 130) / 100).quantize(CENT)) for item in spec.items
    )
    extras = items[len(items) - len(bill.extras) :]
    spec = replace(
        spec,
        items=items,
        tendered=None,
        number=f"{spec.number}{month}",
        issue_date=spec.issue_date + month * MONTH,
        due_date=spec.due_date + month * MONTH if spec.due_date else None,
    )
    labelled = tuple((label, item) for (label, _), item in zip(bill.extras, extras, strict=True))
    bill = replace(bill, spec=spec, extras=labelled)
    draw = draw_till if bill.at_till else draw_paper
    pages, _ = draw(bill, Random(f"invoicewatch free layout {seed if layout is None else layout}"))
    content = render_pdf([page.sheet for page in pages], spec.issue_date)
    return content, f"{spec.stated.total}", spec.issue_date.isoformat()
