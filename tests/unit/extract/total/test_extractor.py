"""The total is found by labels and arithmetic, and verified only by both."""

from decimal import Decimal

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.total.extractor import TotalExtractor
from invoicewatch.records import Source


@pytest.fixture
def find(draw, context):
    def find(text, *, source=Source.TEXT_LAYER, agreed=False, confidence=96.0):
        reading = draw(text, source=source, agreed=agreed, confidence=confidence)
        return TotalExtractor(ExtractSettings()).find(context(reading))

    return find


def values(fields):
    return {name: str(field.value) for name, field in fields.items() if field is not None}


INVOICE = """
Pos  Text                 Menge   Preis    Betrag
1    Trennblätter         20      9,90     198,00
2    Joghurt              50      5,50     275,00
Rechnungssumme netto                       473,00
USt. 7% auf 275,00                          19,25
USt. 19% auf 198,00                         37,62
Rechnungssumme brutto                      529,87
"""

RECEIPT = """
Badge clip         1       26.42     24.00
Film               1       28.00     28.00
Total Qty          2                 52.00
Sub-total (ex)                       52.00
Total tax                             3.12
Rounding                             -0.02
Total                                55.10
Cash                                 60.00
Change                                4.90
GST summary       Amount(RM)         Tax(RM)
SR 6%              52.00              3.12
Total:             52.00              3.12
"""


def test_an_invoice_with_two_rates(find):
    fields = find(INVOICE)
    assert {"total": "529.87", "net_total": "473.00", "tax_total": "56.87"} == values(fields)
    assert fields["total"].verified


def test_a_receipt_with_rounding_change_and_a_table_of_tax(find):
    fields = find(RECEIPT)
    assert {"total": "55.10", "net_total": "52.00", "tax_total": "3.12"} == values(fields)
    assert fields["total"].verified


def test_what_is_asked_for_after_rounding_is_the_total(find):
    fields = find("Total (incl GST)  RM21.83\nRounding  RM0.02\nTotal paid  RM50.00\nChange  RM28.15")
    assert Decimal("21.85") == fields["total"].value


def test_a_rounding_that_nothing_names_between_two_totals(find):
    fields = find("Item  50.00\nItem  52.39\nTotal:  102.39\n        0.01\nTotal   102.40")
    assert Decimal("102.40") == fields["total"].value


@pytest.mark.parametrize(
    ("text", "total"),
    [
        (
            "Total HT  100,00 €\nTVA 20%  20,00 €\nTotal TTC  120,00 €\nAcompte  50,00 €\nSolde à payer  70,00 €",
            "120.00",
        ),
        ("Base imponible  100,00\nIVA 21%  21,00\nTotal factura  121,00", "121.00"),
        ("Imponibile  100,00\nIVA 22%  22,00\nTotale fattura  122,00", "122.00"),
        ("Totaal excl. btw  100,00\nBTW 21%  21,00\nTotaal incl. btw  121,00", "121.00"),
        ("Subtotal  $100.00\nDiscount  $10.00\nSales tax  $8.10\nTotal  $98.10", "98.10"),
        ("Rechnungskorrektur\nNettobetrag  -7,67\nSteuerbetrag  -1,12\nBruttobetrag  -8,79", "-8.79"),
        ("Zwischensumme  1'200.00\nMwSt 7.7%  92.40\nTotal CHF  1'292.40", "1292.40"),
        ("Zwischentotal  1'195.56\nMWST 8.1%  96.84\nTotal CHF  1'292.40", "1292.40"),
        ("SUBTOTAL  499.00\nTAX RATE  8.405%\nSALES TAX  41.94\nTOTAL  $540.94", "540.94"),
        ("Subtotal 87.80\n10% Srv Chg 8.78\nGST @6% 5.79\nTotal: 102.37", "102.37"),
    ],
)
def test_sums_in_many_tongues_close_and_are_verified(find, text, total):
    field = find(text)["total"]
    assert (Decimal(total), True) == (field.value, field.verified)


def test_what_is_due_is_less_than_the_total_by_what_was_paid(find):
    fields = find("Total TTC  530,75 €\nAcompte  147,00 €\nSolde à payer  383,75 €")
    assert (Decimal("530.75"), Decimal("383.75")) == (fields["total"].value, fields["amount_due"].value)


def test_a_total_by_its_label_alone_is_not_verified(find):
    assert not find("Total  50.00")["total"].verified


@pytest.mark.parametrize(
    ("text", "proved"),
    [
        ("Net amount  50.00\nTax amount  0.00\nTotal  50.00", True),
        ("Net amount  50.00\nTax amount  0.00\nTotal  50.00\nTotal gross  59.50", False),
        ("Invoice total 50.00\nBalance due 50.00", True),
        ("Grand total 80.00\nInvoice total 50.00\nBalance due 50.00", False),
        ("Total  50.00\nVisa  50.00", True),
        ("Total  50.00", False),
    ],
)
def test_a_total_stated_twice_is_proved_while_nothing_rivals_it(find, text, proved):
    field = find(text)["total"]
    assert proved == field.verified


def test_a_scan_that_no_second_engine_confirms_needs_clear_arithmetic(find):
    text = "Total  31.00\nCash  50.00\nChange  19.00"
    assert find(text, source=Source.OCR)["total"].verified
    assert not find(text, source=Source.OCR, confidence=50.0)["total"].verified
    assert find(text, source=Source.OCR, confidence=50.0, agreed=True)["total"].verified


def test_a_label_that_counts_pieces_is_no_total(find):
    assert Decimal("20.50") == find("Total qty 3  61.50\nTotal  20.50")["total"].value


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Reminder", {"amount_due": "74.25"}), ("Invoice", {"total": "74.25"}), ("Purchase order", {"total": "74.25"})],
)
def test_of_a_reminder_what_is_due_is_no_total(find, title, expected):
    fields = find(f"{title}\n\nDear Sir,\nplease transfer RM 74.25 by 24-09-2017.\nYours sincerely")
    assert expected.items() <= values(fields).items()
    assert ("total" in expected) == (fields["total"] is not None)


def test_no_sum_gives_nothing(find):
    assert {} == values(find("Dear Sir or Madam,\nwe thank you for your letter."))


def test_a_lost_decimal_sign_is_mended_beside_a_label(find):
    text = "A 10.00\nB 20.00\nC 30.91\nTotal   60 91\nCash   70.00\nChange   9.09"
    field = find(text, source=Source.OCR)["total"]
    assert Decimal("60.91") == field.value
    assert "its decimal sign mended" in field.method


@pytest.mark.parametrize("source", [Source.OCR, Source.TEXT_LAYER])
def test_a_sum_whose_decimal_sign_was_misread_says_so_and_proves_nothing(find, source):
    fields = find(
        "Tea   30.00\nRice   6.00\nSalt   4.00\nNet amount   40:00\nVAT 20%   8.00\nTotal   48:00",
        source=source,
        agreed=True,
    )
    assert {"total": "48.00", "net_total": "40.00", "tax_total": "8.00"} == values(fields)
    for name in ("total", "net_total"):
        assert "its decimal sign mended" in fields[name].method
        assert not fields[name].verified


def test_the_evidence_names_label_amount_and_place(find):
    field = find(RECEIPT)["total"]
    assert "Total 55.10" == field.text
    assert 1 == field.page
    assert field.box is not None
    assert field.box.x0 > 0.3


TORN_TOTAL = """
Subtotal                                        1.99
Rebate 10 %                                    -0.20
Total    Sales    (Incl. Tax)    EUR            1.79
Cash tendered                                   2.00
Change due                                      0.21
VAT SUMMARY
%                 Amount        VAT            Total
13.5              1.58          0.21            1.79
"""


@pytest.mark.parametrize("source", [Source.TEXT_LAYER, Source.OCR])
def test_a_bracket_torn_from_its_label_still_qualifies_it(find, source):
    fields = find(TORN_TOTAL, source=source, agreed=True)
    assert "1.79" == str(fields["total"].value)
    assert "1.58" == str(fields["net_total"].value)


def test_cash_of_which_some_was_handed_back_is_not_the_total(find):
    field = find("Mineral water 1.79\nCash tendered 2.00\nChange due 0.21", source=Source.OCR, agreed=True)["total"]
    assert "1.79" == str(field.value)


def test_cash_handed_over_is_not_the_total_even_where_the_change_was_misread(find):
    fields = find("Subtotal 1.79\nCash tendered 2.00\nChange due 0.27", source=Source.OCR)
    assert "1.79" == str(fields["total"].value)


def test_what_a_french_reminder_asks_for_is_due_and_not_the_invoice_it_reminds_of(find):
    picture = (
        "la facture A92.06322 du 15-11-2024 d'un montant de 414,72€ reste impayée.\n"
        "Nous vous prions de régler 422,22€, frais de rappel de 7,50€ compris, avant le 20-03-2025."
    )
    for source in (Source.TEXT_LAYER, Source.OCR):
        assert "422.22" == str(find(picture, source=source)["amount_due"].value)


@pytest.mark.parametrize("plea", ["Merci de régler", "Veuillez payer la somme de", "Nous vous prions de verser"])
def test_pleas_to_pay_name_what_is_due(find, plea):
    assert "88.00" == str(find(f"{plea} 88,00 EUR, frais compris.")["amount_due"].value)


SUM_UNDER_A_TABLE = """
VAT rate      Tax       Without VAT    With VAT
19%           28.44     149.70         178.14
7%            8.40      120.00         128.40
                        Total with tax: 306.54
"""


def test_a_sum_right_under_a_table_of_tax_is_none_of_its_rows(find):
    fields = find(SUM_UNDER_A_TABLE)
    assert values(fields) == {"total": "306.54", "net_total": "269.70", "tax_total": "36.84"}
    assert fields["total"].verified


@pytest.mark.parametrize(
    "text",
    [
        "Subtotal 376.00\nVat/Tax (20%) 75.20\nTotal 451.20",
        "Total without VAT 376.00\nVAT Rate 20%\nVAT Paid 75.20\nTotal paid with VAT 451.20",
    ],
)
def test_other_words_for_tax(find, text):
    assert values(find(text)) == {"total": "451.20", "net_total": "376.00", "tax_total": "75.20"}


def test_the_tax_number_after_the_tax_label_is_no_tax(find):
    fields = find("N° TVA : FR 05 987 654 321\nTotal TTC 104,90\nRéglé 104,90")
    assert values(fields) == {"total": "104.90"}
