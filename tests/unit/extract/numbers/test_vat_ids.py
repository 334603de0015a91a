"""VAT identifiers that cannot exist, and whose they are."""

import pytest

from invoicewatch.extract.numbers.vat_ids import check_vat_id


@pytest.mark.parametrize(
    "picture",
    [
        "UID-Nr.: 123456789",
        "UID-Nr.: AT 123456789",
        "USt-IdNr.: DE12345678",
        "USt-IdNr.: DE811569868",
        "USt-IdNr.: DE81156986O",
        "P.IVA 12345678901",
        "VAT No 123456789",
        "N° TVA FR41303265045",
        "ABN: 12 345 678 910",
    ],
)
def test_what_cannot_be_a_vat_id_is_never_verified(find, picture):
    field = find(picture)["seller_vat_id"]
    assert field is None or not field.verified


def test_an_impossible_one_is_shown_with_its_country_as_printed(find):
    assert find("UID-Nr.: AT 123456789")["seller_vat_id"].value == "AT123456789"


@pytest.mark.parametrize(
    ("picture", "value"),
    [
        ("USt-IdNr.: DE811569869", "DE811569869"),
        ("UID: ATU13585627", "ATU13585627"),
        ("ABN 51 824 753 556", "51824753556"),
        ("GSTIN: 27AAPFU0939F1ZV", "27AAPFU0939F1ZV"),
        ("NIP: 574-199-78-74", "5741997874"),
        ("P.IVA: 00743110157", "00743110157"),
        ("NIF: B58378431", "B58378431"),
        ("CVR-nr.: 13585628", "13585628"),
    ],
)
def test_one_that_can_exist_is_verified_beside_its_own_label(find, picture, value):
    field = find(picture)["seller_vat_id"]
    assert (field.value, field.verified) == (value, True)


@pytest.mark.parametrize(
    "label",
    [
        "Ihre USt-IdNr.", "VAT No. of customer", "VAT number of the buyer", "Client VAT", "Customer VAT No",
        "Your VAT ID", "Recipient VAT number", "N° TVA client",
    ],
)  # fmt: skip
def test_a_vat_id_that_its_label_gives_to_the_buyer_is_not_the_sellers(find, label):
    assert find(f"{label}: DE136695976")["seller_vat_id"] is None
    both = find(f"{label}: DE136695976\nVAT No: DE811569869")["seller_vat_id"]
    assert both.value == "DE811569869"


LETTER = """
Nordlicht Druck GmbH
Hafenstraße 9
20457 Hamburg



Sommer AG
Gartenweg 12
50667 Köln
UID: DE136695976




Rechnung Nr. 2024-17



Nordlicht Druck GmbH
"""


def test_a_vat_id_under_a_second_address_is_hardly_the_sellers(find):
    alone = find(LETTER)["seller_vat_id"]
    assert (alone.value, alone.verified) == ("DE136695976", False)
    assert find(f"{LETTER}USt-IdNr.: DE811569869")["seller_vat_id"].value == "DE811569869"


@pytest.mark.parametrize(
    ("account", "found"),
    [
        ("PL61 1090 1014 0000 0712 1981 2874", None),
        ("SK31 1200 0000 1987 4263 7541", None),
        ("CZ65 0800 0000 1920 0014 5399", None),
    ],
)
def test_the_head_of_an_account_is_no_vat_id(find, account, found):
    assert find(f"VAT No:     IBAN {account}")["seller_vat_id"] is found
    both = find(f"IBAN: {account}   VAT No: DE811569869")
    assert both["seller_vat_id"].value == "DE811569869"
    assert both["iban"].value == account.replace(" ", "")


@pytest.mark.parametrize("value", ["AT123456789", "DE811569868", "DE12345678", "XX123456789", "123456789", ""])
def test_no_check_passes_what_cannot_exist(value):
    assert not check_vat_id(value)
