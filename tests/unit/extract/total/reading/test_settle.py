"""What a document's own sums show outweighs what a label says."""

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.page.labels import load_labels
from invoicewatch.extract.page.layout import view_page
from invoicewatch.extract.total.extractor import TotalExtractor
from invoicewatch.extract.total.reading.claims import find_claims
from invoicewatch.extract.total.reading.settle import settle_claims
from invoicewatch.extract.total.reading.sheet import view_sheets
from invoicewatch.records import Source


@pytest.fixture
def roles_of(draw):
    def find(text):
        sheets = view_sheets([view_page(draw(text))], load_labels("amounts"))
        return {
            (str(claim.role), str(claim.value)) for claim in settle_claims([c for s in sheets for c in find_claims(s)])
        }

    return find


@pytest.fixture
def find(draw, context):
    def find(text, source=Source.TEXT_LAYER):
        return TotalExtractor(ExtractSettings()).find(context(draw(text, source=source)))

    return find


@pytest.mark.parametrize("line", ["Total included GST @ 6 %: 0.56", "TOTAL GST INCLUDED 0.56"])
def test_the_tax_within_a_sum_is_no_total(roles_of, line):
    roles = roles_of(f"Total   9.90\n{line}")
    assert {"tax_included", "tax"} & {role for role, value in roles if value == "0.56"}
    assert ("total", "0.56") not in roles


def test_a_small_total_that_is_no_tax_of_another_stays_one(roles_of):
    assert ("total", "0.60") in roles_of("Total shop  0.60\nTotal fuel   52.50")


def test_what_the_tax_is_added_to_is_the_net_whatever_it_is_called(find):
    fields = find("Brutto 1\u2019385.00\nMehrwertsteuer 8.1% 112.20\nNetto inkl. MWST 1\u2019497.20")
    assert ["1497.20", "1385.00"] == [str(fields[name].value) for name in ("total", "net_total")]


@pytest.mark.parametrize("less", ["less discount", "abzüglich geleistete Abschläge"])
def test_what_is_taken_off_after_the_tax_was_paid_before(find, less):
    text = f"Net amount 980.00\nVAT 19 % 186.20\nGross amount 1166.20\n{less} -1080.00\nAmount due 86.20"
    assert "1166.20" == str(find(text)["total"].value)


def test_a_discount_before_the_tax_stays_one(roles_of):
    roles = roles_of("Subtotal 110.00\nDiscount 10.00\nNet amount 100.00\nVAT 20% 20.00\nTotal 120.00")
    assert ("discount", "10.00") in roles


def test_a_dash_before_the_total_of_a_sale_is_no_minus(roles_of):
    assert ("total", "17.40") in roles_of("Total -17.40\nCash 20.00\nChange 2.60")


def test_a_minus_that_nothing_refutes_is_one(roles_of):
    assert ("total", "-17.40") in roles_of("Total -17.40\nCash 20.00\nChange 2.50")


def test_a_figure_of_a_sentence_that_ends_in_a_label_is_no_total(find):
    fields = find("Total 24,99 €\nL'indemnité est de 25 % du montant total. 360 jours après, aucun frais.")
    assert "24.99" == str(fields["total"].value)


@pytest.mark.parametrize(
    ("text", "total", "net"),
    [
        ("Holz 100.00\nBrutto 100.00\n8.1% MWST 8.10\nZahlbar innert 30 Tagen\n108.10", "108.10", "100.00"),
        ("Holz 100.10\nBrutto 100.10\nMWST 8.1% 8.11\nRundungsdifferenz -0.01\n108.20", "108.20", "100.10"),
    ],
)
def test_what_the_tax_is_added_to_is_no_total_where_no_label_names_the_sum_of_both(find, text, total, net):
    fields = find(text)
    assert (total, net) == (str(fields["total"].value), str(fields["net_total"].value))


def test_the_sum_of_so_many_goods_is_none_of_what_is_to_be_paid(find):
    fields = find("Tea 200.00\nCoffee 165.00\n3 Total 365.00\nShipping 28.00\nNet Amount 393.00")
    assert "393.00" == str(fields["total"].value)


def test_a_net_that_is_taxed_stays_one_under_the_sum_of_goods(find):
    sums = "3 Total 365.00\nShipping 28.00\nNet Amount 393.00\nVAT 20% 78.60\nAmount payable 471.60"
    fields = find(f"Tea 200.00\nCoffee 165.00\n{sums}")
    assert ("471.60", "393.00") == (str(fields["total"].value), str(fields["net_total"].value))


def test_a_total_above_a_smaller_net_stays_one(roles_of):
    assert ("total", "120.00") in roles_of("3 Total 120.00\nNet amount 100.00\nVAT 20% 20.00")


def test_a_total_with_its_tax_stays_one_where_the_cash_is_by_chance_the_sum_of_both(roles_of):
    text = "Total 5.85\nincl. VAT 2.6% 0.15\nRate   Net   Tax\n2.6%   5.69   0.15\nCash 6.00\nChange 0.15"
    assert ("total", "5.85") in roles_of(text)
