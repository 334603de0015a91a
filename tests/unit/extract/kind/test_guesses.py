"""A guess about the paper deletes nothing: greetings, covering letters, columns and cells leave an invoice one."""

from datetime import date
from decimal import Decimal

import pytest

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.extract.chain import find_fields, load_extractors
from invoicewatch.extract.judge.verdict import judge_invoice
from invoicewatch.records import Source, Status

SUMS = """
Net total                            100.00 EUR
VAT 20%                               20.00 EUR
Total                                120.00 EUR
"""
HEAD = "Harbour Print Ltd.\nMill Lane 3\n\n"
NUMBERED = "Invoice No. 4711\nDate: 12.02.2026\n\n"


@pytest.fixture
def find(draw, context):
    def find(*pictures, **options):
        pages = [draw(picture, page=n, **options) for n, picture in enumerate(pictures, start=1)]
        return find_fields(context(*pages), load_extractors(ExtractSettings()))

    return find


@pytest.mark.parametrize(
    ("greeting", "closing"),
    [
        ("Dear Sir or Madam,", "Kind regards"),
        ("Sehr geehrte Damen und Herren,", "Mit freundlichen Grüßen"),
        ("Guten Tag", "Viele Grüße"),
        ("Madame, Monsieur,", "Veuillez agréer, Madame, nos salutations distinguées"),
        ("Geachte heer", "Met vriendelijke groet"),
    ],
)
def test_a_polite_invoice_is_an_invoice(find, greeting, closing):
    fields = find(f"{HEAD}{NUMBERED}{greeting}\n\n{SUMS}\n{closing}")
    assert ("invoice", Decimal("120.00")) == (fields["document_type"].value, fields["total"].value)
    assert [Decimal("100.00"), Decimal("20.00")] == [fields[name].value for name in ("net_total", "tax_total")]


@pytest.mark.parametrize(
    "columns",
    [
        "Date          Code Client       Devise",
        "Customer      Purchase Order    Terms",
        "Kunde         Angebote          Menge       Preis",
        "Item          Contract          Qty         Price",
        "Devise        Montant           Quote       Date",
        "Angebot       Bestellung        Lieferschein   Währung",
    ],
)
def test_a_column_is_no_title(find, columns):
    fields = find(f"{HEAD}{NUMBERED}{columns}\nAB            12                EUR\n{SUMS}")
    assert ("invoice", Decimal("120.00")) == (fields["document_type"].value, fields["total"].value)


@pytest.mark.parametrize("cell", ["Angebot", "Contract", "Quote"])
def test_a_cell_beside_an_amount_is_no_title(find, cell):
    fields = find(f"INVOICE\n{HEAD}{NUMBERED}{cell}                           100.00\n{SUMS}")
    kind = fields["document_type"]
    assert ("invoice", True) == (kind.value, kind.verified)
    assert Decimal("120.00") == fields["total"].value


@pytest.mark.parametrize(
    "letter",
    [
        "Dear Sir or Madam,\n\nplease find our invoice enclosed.\n\nYours faithfully",
        "Sehr geehrte Frau Adler,\n\nanbei erhalten Sie die Rechnung zum Vertrag.\n\nMit freundlichen Grüßen",
        "Contract 12\n\nDear Madam,\nas agreed in the contract.\n\nKind regards",
    ],
)
def test_a_covering_letter_hides_no_invoice(find, letter):
    invoice = f"INVOICE\n{NUMBERED}{SUMS}"
    for pages in ((f"Adler & Partner Ltd.\n20.02.2026\n\n{letter}", HEAD + invoice), (HEAD + letter, invoice)):
        fields = find(*pages)
        assert ("invoice", Decimal("120.00")) == (fields["document_type"].value, fields["total"].value)
        assert date(2026, 2, 12) == fields["issue_date"].value
        assert "Harbour Print Ltd." == fields["seller_name"].value


def test_a_polite_first_page_with_its_sums_overleaf_is_no_covering_letter(find):
    fields = find(f"{HEAD}{NUMBERED}Dear Sir or Madam,\n\nwe charge as follows.", f"Page 2, 20.02.2026\n{SUMS}")
    assert date(2026, 2, 12) == fields["issue_date"].value
    assert "Harbour Print Ltd." == fields["seller_name"].value


@pytest.mark.parametrize("title", ["QUOTATION", "Angebot", "Devis"])
def test_a_quotation_keeps_its_sums_and_goes_to_review(find, draw, title):
    picture = f"{title}\n\nDate: 12.02.2026\n{SUMS}"
    fields = find(picture)
    assert ("other", Decimal("120.00"), True) == (
        fields["document_type"].value,
        fields["total"].value,
        fields["total"].verified,
    )
    status, reasons = judge_invoice(fields, (draw(picture),), date(2026, 3, 1), ExtractSettings())
    assert Status.NEEDS_REVIEW is status
    assert any("does not look like an invoice" in reason for reason in reasons)


TILL = """
Corner Bakery
Rechnung
12.02.2026 12:37:53
Roll                4.30
Bread               4.60
Total               8.90
"""


@pytest.mark.parametrize("paid", ["Bar 10.00\nRückgeld 1.10", "Cash 10.00\nChange 1.10", "Rendu 1.10"])
def test_what_a_till_calls_invoice_is_a_receipt_and_never_a_verified_invoice(find, paid):
    kind = find(TILL + paid, source=Source.OCR, agreed=True)["document_type"]
    assert ("receipt", False) == (kind.value, kind.verified)


@pytest.mark.parametrize(
    "row", ["10:40PM TOTAL DUE    12.00", "XXX TOTAL       12.00", "*** TOTAL ***   12.00", "# TOTAL   12.00"]
)
def test_a_label_that_does_not_lead_its_row_names_the_total(find, row):
    fields = find(f"Corner Bakery\nTea 5.00\nCake 7.00\n{row}\n12.02.2026 10:41")
    assert (Decimal("12.00"), "receipt") == (fields["total"].value, fields["document_type"].value)
