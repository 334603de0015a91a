"""Several receipts in one picture are counted; one receipt, its card's slip, and an invoice are one."""

import pytest

from invoicewatch.extract.judge.picture import count_receipts
from invoicewatch.extract.judge.several import find_several_invoices
from invoicewatch.records import Source

BAKERY = ["Corner Bakery", "12.02.2026 08:49", "Roll     1.60", "Tea      2.00", "Total    3.60"]
FUEL = ["Harbour Fuel", "Diesel  52.50", "Total   52.50", "Card    52.50", "13.02.2026 09:28"]
CAFE = ["Cafe Lindgren", "Receipt", "Cake     4.00", "Total    4.00", "14/02/2026"]
KIOSK = ["Kiosk Adler", "15.02.2026 10:02", "Paper    2.20", "Total    2.20"]
KIOSK_AGAIN = ["Kiosk Adler", "16.02.2026 10:11", "Paper    2.40", "Total    2.40"]
SLIP = ["Card slip", "12.02.2026 08:50", "Total    3.60", "Thank you"]


def lay(*receipts):
    """Receipts side by side."""
    height = max(map(len, receipts))
    rows = zip(*([*receipt, *[""] * (height - len(receipt))] for receipt in receipts), strict=True)
    return "\n".join("".join(text.ljust(28) for text in row) for row in rows)


@pytest.mark.parametrize(
    ("picture", "count"),
    [
        (lay(BAKERY, FUEL), 2),
        (lay(BAKERY, FUEL, CAFE), 3),
        (f"{lay(BAKERY, FUEL, KIOSK)}\n\n\n{lay(KIOSK_AGAIN, BAKERY, FUEL)}", 6),
        ("\n".join(BAKERY + FUEL), 2),
        ("\n".join(BAKERY), 1),
        ("\n".join(BAKERY + SLIP), 1),
        (lay(BAKERY, SLIP[:1] + SLIP[3:]), 1),
        ("Invoice 4711   Date: 12.02.2026\nTotal net  10.00\nTotal  12.00\nDue: 12.03.2026\nTotal  12.00", 1),
        ("\n".join([*FUEL, "Saved on this sale", "Total    3.00", "Printed 2026-02-13 09:29"]), 1),
        ("", 1),
    ],
)
def test_receipts_in_a_picture_are_counted(draw, picture, count):
    assert count == count_receipts(draw(picture, source=Source.OCR))


def test_several_receipts_are_a_reason_for_a_review(draw):
    reading = draw(lay(BAKERY, FUEL), source=Source.OCR)
    assert ("page 1 seems to show 2 receipts",) == find_several_invoices([reading])
