"""Sums that look like the total and are none: of attached papers, pages, one tax rate, so many goods, what is left."""

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.total.extractor import TotalExtractor

INVOICE = """
Brightwater Office Ltd
INVOICE 4711
Commission           120.00
Net amount           120.00
VAT 20%               24.00
Total                144.00
"""
OTHER = """
Lots               1,000.00
VAT 20%              200.00
Total payable      1,200.00
"""


@pytest.fixture
def find(draw, context):
    def find(*pages):
        readings = [draw(text, page=number) for number, text in enumerate(pages, start=1)]
        fields = TotalExtractor(ExtractSettings()).find(context(*readings))
        return {name: str(field.value) for name, field in fields.items() if field is not None}

    return find


@pytest.mark.parametrize(
    "heading",
    ["Enclosure", "ANNEX 1: settlement of 2 May", "Attachment 2", "Anlage zur Rechnung", "City Taxi\nRECEIPT"],
)
def test_the_sums_of_an_attached_paper_are_none_of_the_invoice(find, heading):
    assert {"total": "144.00", "net_total": "120.00", "tax_total": "24.00"} == find(INVOICE, f"{heading}\n{OTHER}")


@pytest.mark.parametrize("heading", ["City Auctions", "This is the annex to the contract that both of us have signed"])
def test_a_page_that_does_not_say_that_it_is_attached_goes_on(find, heading):
    assert "1200.00" == find("INVOICE 4711\nLot 12   500.00", f"{heading}\n{OTHER}")["total"]


def test_an_invoice_that_is_attached_to_a_letter_keeps_its_sums(find):
    fields = find("Dear Madam,\nplease find our invoice enclosed.", f"Enclosure\n{OTHER}")
    assert {"total": "1200.00", "net_total": "1000.00", "tax_total": "200.00"} == fields


@pytest.mark.parametrize("page_sum", ["Seitensumme", "Zwischensumme Seite 1", "Übertrag", "Summe Seite 1"])
def test_the_sum_of_a_page_is_none_of_the_invoice(find, page_sum):
    first = f"Pos 1  Kartons   100,00\nPos 2  Papier   200,00\n{page_sum}   300,00"
    last = "Pos 3  Band   50,00\nSeitensumme   50,00\nRechnungsbetrag inkl. 19 % MwSt   350,00\ndarin MwSt   55,88"
    assert {"total": "350.00", "net_total": "294.12", "tax_total": "55.88"} == find(first, last)


def test_the_nets_of_two_rates_are_added_up_where_their_taxes_stand_elsewhere(find):
    nets = "Nettobetrag zu 7 %   100,00\nNettobetrag zu 19 %   200,00"
    fields = find(f"{nets}\nzzgl. 7 % MwSt   7,00\nzzgl. 19 % MwSt   38,00\nGesamtbetrag   345,00")
    assert {"total": "345.00", "net_total": "300.00", "tax_total": "45.00"} == fields


def test_the_net_of_one_rate_is_not_that_of_the_whole(find):
    text = "Nettobetrag   100,00\nMwSt 19 %   19,00\nSteuerfrei   10,00\nGesamtbetrag   129,00"
    assert {"total": "129.00", "net_total": "110.00", "tax_total": "19.00"} == find(text)


def test_a_net_that_leaves_what_stands_nowhere_is_given_as_it_is_named(find):
    text = "Nettobetrag   100,00\nMwSt 19 %   19,00\nGesamtbetrag   129,00"
    assert "100.00" == find(text)["net_total"]


@pytest.mark.parametrize(
    "text",
    [
        "Bauleistung gesamt   11.900,00\nabzgl. geleistete Zahlungen   8.000,00\nRestforderung   3.900,00",
        "Gesamtbetrag   11.900,00\nGezahlt   8.000,00\nRestsumme   3.900,00",
    ],
)
def test_what_is_left_after_instalments_is_due_and_no_total(find, text):
    fields = find(text)
    assert "11900.00" == fields["total"]
    assert "3900.00" == fields["amount_due"]


def test_what_is_left_is_the_total_where_the_whole_stands_nowhere(find):
    assert "3900.00" == find("Geleistete Zahlungen   8.000,00\nRestforderung   3.900,00")["total"]
