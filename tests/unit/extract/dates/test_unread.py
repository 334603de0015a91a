"""A date that could not be read speaks against every other date."""

from datetime import date

import pytest

from invoicewatch.extract.dates.claims import find_date_claims
from invoicewatch.extract.dates.unread import Unread, find_unread
from invoicewatch.extract.page.labels import load_labels
from invoicewatch.extract.page.layout import view_pages
from invoicewatch.records import Source

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("Invoice date: 201q-05-09\nPeriod 01.04.2019 - 30.04.2019", Unread(labelled=True, written=True)),
        ("Invoice date: 2019-05-09\nPeriod 01.04.2019 - 30.04.2019", Unread(labelled=False, written=False)),
        ("Total 12.00\nCall 555-0134-22", Unread(labelled=False, written=False)),
        ("05/Qx/2019 14:02\nTotal 12.00", Unread(labelled=False, written=True)),
    ],
)
def test_spoilt_dates_are_seen(draw, text, unread):
    pages = view_pages((draw(text, source=Source.OCR),))
    assert unread == find_unread(pages, find_date_claims(pages, load_labels("dates"), TODAY))


def test_a_text_layer_has_no_spoilt_dates(draw):
    pages = view_pages((draw("Invoice date: 201q-05-09", source=Source.TEXT_LAYER),))
    claims = find_date_claims(pages, load_labels("dates"), TODAY)
    assert Unread(labelled=False, written=False) == find_unread(pages, claims)
