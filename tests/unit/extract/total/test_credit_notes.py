"""The amounts of a credit note are positive, those of a corrected invoice keep their sign."""

from decimal import Decimal

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.total.extractor import TotalExtractor
from invoicewatch.records import Field, Source

SUMS = "Net total -100.00\nVAT 20% -20.00\nInvoice total -120.00"


@pytest.fixture
def find(draw, context):
    def find(text, stated=None):
        found = {"total": stated} if stated else {}
        return TotalExtractor(ExtractSettings()).find(context(draw(text), found=found))

    return find


@pytest.mark.parametrize("title", ["Credit Note 17", "Gutschrift Nr. 4", "AVOIR", "Nota de crédito", "Creditnota"])
def test_the_minus_of_a_credit_note_says_nothing_new(find, title):
    found = find(f"{title}\n{SUMS}")
    assert [Decimal("120.00"), Decimal("100.00"), Decimal("20.00")] == [
        found[name].value for name in ("total", "net_total", "tax_total")
    ]
    assert found["total"].verified
    assert "without the minus of a credit note" in found["total"].method


@pytest.mark.parametrize(
    "title",
    ["Rechnungskorrektur", "Stornorechnung 3", "Corrected invoice", "Facture rectificative", "Nota rettificativa"],
)
def test_a_corrected_invoice_keeps_its_sign(find, title):
    assert Decimal("-120.00") == find(f"{title}\n{SUMS}")["total"].value


@pytest.mark.parametrize("title", ["Rechnungskor rektur Nr. 3", "RECHNUNGS-KORREKTUR"])
def test_a_torn_title_is_a_correction_too(find, title):
    assert Decimal("-120.00") == find(f"{title}\n{SUMS}")["total"].value


def test_other_papers_and_mixed_signs_stay_as_printed(find):
    assert Decimal("-120.00") == find(f"Invoice\n{SUMS}")["total"].value
    mixed = find("Credit note\nNet total 100.00\nVAT 20% 20.00\nInvoice total 120.00\nBalance due -30.00")
    assert Decimal("-30.00") == mixed["amount_due"].value


def test_a_minus_that_an_engine_lost_changes_nothing(find):
    found = find("Avoir\nTotal HT -100,00\nTVA 20% 20,00\nTotal TTC -120,00")
    assert [Decimal("120.00"), Decimal("20.00")] == [found[name].value for name in ("total", "tax_total")]


@pytest.mark.parametrize(("xml", "value"), [("120.00", "120.00"), ("-120.00", "-120.00")])
def test_an_e_invoice_s_own_sign_settles_it(find, xml, value):
    stated = Field("total", Decimal(xml), 1.0, True, None, None, Source.E_INVOICE, "XML", xml)
    assert Decimal(value) == find(f"Gutschrift\n{SUMS}", stated)["total"].value


@pytest.mark.parametrize("title", ["CREDIT MEMO 4471", "Avoir AV-2017-0005", "Gutschrift Nr. 12"])
def test_a_title_with_its_number_is_enough(find, title):
    assert Decimal("120.00") == find(f"{title}\n{SUMS}")["total"].value


def test_a_sentence_that_speaks_of_a_credit_note_makes_none(find):
    text = f"Invoice 17\nYou will get a credit note within thirty days of return\n{SUMS}"
    assert Decimal("-120.00") == find(text)["total"].value


def test_what_gives_money_back_without_saying_so_is_not_proved(find):
    assert not find(f"Receipt 4711\n{SUMS}")["total"].verified
    assert find(f"Receipt 4711\n{SUMS.replace('-', '')}")["total"].verified


def test_what_a_till_gives_back_has_its_minus(find):
    field = find(f"Receipt 4711\n{SUMS}\nVISA -120.00")["total"]
    assert Decimal("-120.00") == field.value
    cash = find(f"Receipt 4711\n{SUMS}\nCash -120.00")["total"]
    assert (Decimal("-120.00"), True) == (cash.value, cash.verified)


def test_the_paper_that_spain_has_for_credit_notes_is_one(find):
    found = find("FACTURA RECTIFICATIVA\nImporte neto -100,00\nIVA 20% -20,00\nImporte total -120,00")
    assert Decimal("120.00") == found["total"].value
