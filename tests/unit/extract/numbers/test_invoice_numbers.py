"""Numbers of several parts, numbers that look like dates, and numbers without a label of their own."""

import pytest

from invoicewatch.records import Source


@pytest.mark.parametrize(
    ("picture", "number"),
    [
        ("Invoice No: 0003 - 00003435", "0003-00003435"),
        ("Factura Nº: 0003- 00003435", "0003-00003435"),
        ("Rechnung Nr. FV 7/2021", "FV 7/2021"),
        ("Rechnung Nr. FV 1/05/2021", "FV 1/05/2021"),
        ("Rechnung Nr. A75.92150", "A75.92150"),
        ("Rechnung Nr. A75. 92150", "A75.92150"),
        ("Rechnungs-Nr./Datum      80101911/26.06.2025", "80101911"),
        ("Rechnungsnummer/Datum: RE-17/2025-06-26", "RE-17"),
        ("Invoice No./Date 80101911/26.06.2025", "80101911"),
    ],
)
def test_a_number_is_read_whole_and_without_its_date(find, picture, number):
    field = find(picture)["invoice_number"]
    assert (field.value, field.verified) == (number, True)


@pytest.mark.parametrize(
    ("picture", "number"),
    [
        ("Invoice #2015-11-04", "2015-11-04"),
        ("Invoice # 2015-11-04", "2015-11-04"),
        ("Rechnung Nr. 2023-1-7", "2023-1-7"),
    ],
)
def test_what_looks_like_a_date_behind_a_sign_is_a_number_and_not_verified(find, picture, number):
    field = find(picture)["invoice_number"]
    assert (field.value, field.verified) == (number, False)


@pytest.mark.parametrize(
    "picture", ["Invoice 2015-11-04", "Invoice No: 04.11.2015", "Invoice No: 4.11.15", "Rechnung Nr. / vom 2015"]
)
def test_a_date_is_no_number(find, picture):
    field = find(picture)["invoice_number"]
    assert field is None or not field.verified


def test_a_number_that_may_go_on_is_not_verified(find):
    field = find("Invoice No: 4711 0815A")["invoice_number"]
    assert (field.value, field.verified) == ("4711", False)


@pytest.mark.parametrize(
    ("picture", "number"),
    [
        ("Acme\nINVOICE\nReference:   MG202200000", "MG202200000"),
        ("INVOICE        Serial No. AA.00001", "AA.00001"),
        ("RECHNUNG\nReferenz: R-77/4", "R-77/4"),
        ("Die Rechnungsnummer für diesen Vorgang lautet M-1675. Bitte angeben.", "M-1675"),
        ("Acme\n#2024-001", "2024-001"),
        ("Rechnung\nNr./Datum           80101911/26.06.2025", "80101911"),
        ("Rechnungsnummer          Kundennummer\nR-2024-9                 30021", "R-2024-9"),
    ],
)
def test_a_number_without_its_own_label_is_found_and_not_verified(find, picture, number):
    field = find(picture)["invoice_number"]
    assert (field.value, field.verified) == (number, False)


@pytest.mark.parametrize(
    "picture",
    [
        "Acme\nReference: MG202200000",
        "INVOICE\n\nA line\nAnother line\nA third\nReference: MG202200000",
        "INVOICE\nYour reference: PO-4711",
        "INVOICE\nDelivery note: L-4711",
        "INVOICE\nPO number: 4500017",
        "INVOICE\nCustomer no. 4500017",
        "Please quote the invoice number when you pay. Tel 12345",
        "Acme\nRoom #12",
    ],
)
def test_a_number_of_something_else_is_not_the_documents(find, picture):
    assert find(picture)["invoice_number"] is None


def test_a_reference_gives_way_to_a_number_with_its_own_label(find):
    assert find("INVOICE\nReference: MG-1\nInvoice No: A-12")["invoice_number"].value == "A-12"


@pytest.mark.parametrize("read", ["Beleg-Nr 2 RK21012345", "Invoice No 1 INV-2024-17", "Beleg-Nr   2 RK21012345"])
def test_a_colon_that_was_read_as_a_digit_is_no_number(find, read):
    field = find(read, source=Source.OCR, agreed=True)["invoice_number"]
    assert (read.split()[-1], False) == (field.value, field.verified)


@pytest.mark.parametrize(
    ("read", "source"),
    [
        ("Invoice No 2 RK21012345", Source.TEXT_LAYER),
        ("Invoice No 2 Copy", Source.OCR),
        ("Invoice No 2 RK21012345 A", Source.OCR),
    ],
)
def test_a_digit_before_anything_else_is_the_number(find, read, source):
    assert "2" == find(read, source=source)["invoice_number"].value
