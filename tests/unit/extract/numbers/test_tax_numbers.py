"""National tax numbers: beside their names, with check digits that hold, and not the buyer's."""

import pytest

from invoicewatch.extract.numbers.registers import load_tax_numbers
from invoicewatch.records import Source

# Each has check digits that hold and comes from the documentation of its country or of python-stdnum.
HOLDING = [
    ("SIRET: 73282932000074", "73282932000074"),
    ("SIREN 732 829 320", "732829320"),
    ("A.B.N. 51 824 753 556", "51824753556"),
    ("GSTIN : 27AAPFU0939F1ZV", "27AAPFU0939F1ZV"),
    ("GST Reg No: 00192200M", "00192200M"),
    ("CNPJ: 11.222.333/0001-81", "11.222.333/0001-81"),
    ("CPF 390.533.447-05", "390.533.447-05"),
    ("CUIT: 20-26756539-3", "20-26756539-3"),
    ("NIP 574-199-78-74", "574-199-78-74"),
    ("REGON: 192598184", "192598184"),
    ("DIČ: CZ25123891", "CZ25123891"),
    ("DIČ: SK2022749619", "SK2022749619"),
    ("NIF: B58378431", "B58378431"),
    ("NIF 501964843", "501964843"),
    ("OIB: 33392005961", "33392005961"),
    ("CVR-nr. 13585628", "13585628"),
    ("Org.nr 988 077 917", "988077917"),
    ("Y-tunnus: 2077474-0", "2077474-0"),
    ("VKN: 4540536920", "4540536920"),
    ("RUC 20512333797", "20512333797"),
    ("RUT: 12.531.909-2", "12.531.909-2"),
    ("NIT: 213.123.432-1", "213.123.432-1"),
    ("C.F. RCCMNL83S18D969H", "RCCMNL83S18D969H"),
]


@pytest.mark.parametrize(("picture", "value"), HOLDING)
def test_a_number_whose_check_digits_hold_is_verified_beside_its_name(find, picture, value):
    field = find(f"Acme\n{picture}")["seller_tax_number"]
    assert (field.value, field.verified) == (value, True)


@pytest.mark.parametrize(("picture", "value"), HOLDING)
def test_one_digit_more_or_another_is_never_verified(find, picture, value):
    digit = next(n for n in range(len(value) - 1, -1, -1) if value[n].isdigit())
    other = value[:digit] + str((int(value[digit]) + 1) % 10) + value[digit + 1 :]
    for wrong in (picture + " 1", picture + "1", picture.replace(picture[-len(value) :], other)):
        field = find(f"Acme\n{wrong}")["seller_tax_number"]
        assert field is None or not field.verified, wrong


@pytest.mark.parametrize(
    ("picture", "value"),
    [
        ("Steuernummer: 181/815/08155", "181/815/08155"),
        ("St.-Nr. 21/815/08150", "21/815/08150"),
        ("EIN: 91-1144442", "91-1144442"),
        ("RFC: GODE561231GR8", "GODE561231GR8"),
        ("Tax ID: 732829320", "732829320"),
        ("Federal Tax ID 91-1144442", "91-1144442"),
    ],
)
def test_a_number_without_check_digits_is_shown_and_never_verified(find, picture, value):
    field = find(picture)["seller_tax_number"]
    assert (field.value, field.verified) == (value, False)


@pytest.mark.parametrize(
    "picture",
    [
        "Ein 10 EUR Gutschein",
        "RUT: 1",
        "GST 10% 123.45",
        "Steuernummer: siehe unten",
        "NIF",
        "CIF Hamburg 120.50",
        "PAN Europe 2024",
    ],
)
def test_a_name_without_its_number_says_nothing(find, picture):
    assert find(picture)["seller_tax_number"] is None


def test_the_buyers_number_is_not_the_sellers(find):
    picture = """
Verkäufer                            Käufer
Nordlicht Druck                      Sommer
NIP: 5741997874                      NIP: 7831702323
"""
    field = find(picture)["seller_tax_number"]
    assert (field.value, field.verified, field.alternatives) == ("5741997874", True, ())


LETTER = """
Studio Verdi
Via Roma 1
20100 Milano


Rossi Impianti
Via Verdi 456
20900 Monza
CUIT: 20-26756539-3
"""


def test_a_number_under_a_second_address_is_not_verified(find):
    field = find(LETTER)["seller_tax_number"]
    assert (field.value, field.verified) == ("20-26756539-3", False)


@pytest.mark.parametrize("picture", ["SIREN 000 000 000", "CUIT: 30-00000000-7", "SIRET 00000000000000"])
def test_a_number_of_a_form_is_not_verified(find, picture):
    assert not find(picture)["seller_tax_number"].verified


def test_two_numbers_that_claim_the_role_leave_it_open(find):
    assert not find("NIP: 5741997874\nNIP: 7831702323")["seller_tax_number"].verified


def test_one_engine_alone_proves_nothing(find):
    assert not find("NIP: 5741997874", source=Source.OCR)["seller_tax_number"].verified
    assert find("NIP: 5741997874", source=Source.OCR, agreed=True)["seller_tax_number"].verified


def test_every_kind_has_a_check_that_answers():
    for number in load_tax_numbers():
        assert number.holds("") is False, number


@pytest.mark.parametrize("number", ["14 888 376 914", "32 208 515 180", "51 824 753 556"])
def test_the_first_groups_of_a_longer_number_are_none(find, number):
    assert find(f"Acme\nGST Reg No: {number}")["seller_vat_id"].value == number.replace(" ", "")
