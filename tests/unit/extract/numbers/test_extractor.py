from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.extract.numbers.extractor import IdentifierExtractor
from invoicewatch.extract.numbers.ibans import check_iban
from invoicewatch.extract.numbers.vat_ids import check_vat_id
from invoicewatch.records import Candidate, Line, Memory, SellerMemory, Source


@pytest.mark.parametrize(
    ("picture", "number"),
    [
        ("Invoice No: INV-2026/17", "INV-2026/17"),
        ("Invoice No.          INV-2026/17", "INV-2026/17"),
        ("Rechnungsnummer      Datum\n4711                 05.03.2026", "4711"),
        ("Rechnung Nr. 4711 vom 05.03.2026", "4711"),
        ("Facture n°562044387 du 02 Juillet 2026", "562044387"),
        ("Rechnung Nr.4711 vom 05.03.2026", "4711"),
        ("Rechnungsnummer          4 711 0815 2211", "471108152211"),
        ("Rechnung                 88213\nZimmer 214", "88213"),
        ("Votre facture\nN° 10123456789", "10123456789"),
        ("Mietrechnung (387) Nr. 93/00/M vom 05.03.2026", "93/00/M"),
        ("Gutschrift (Selbst ausgestellte Rechnung) (389) Nr. 4712 vom 05.03.2026", "4712"),
        ("Rechnung # RE-17 vom 5. März 2026", "RE-17"),
        ("Facture FA-2026-0008", "FA-2026-0008"),
        ("Numéro de facture : F2026-12", "F2026-12"),
        ("Nº factura A/15", "A/15"),
        ("Fattura n. 12/2026", "12/2026"),
        ("Factuurnummer: 2026.0031", "2026.0031"),
        ("lnvoice N0: 88412", "88412"),
        ("Invoice No. : CR 1806/0729", "CR 1806/0729"),
        ("Receipt #: CS00489817   Table: 13", "CS00489817"),
    ],
)
def test_the_number_of_the_document_is_found(find, picture, number):
    assert find(picture)["invoice_number"].value == number


@pytest.mark.parametrize(
    "picture",
    [
        "Invoice Date 11/03/2026",
        "Rechnung gemäß Bestellung Nr. 2013-471331",
        "Kundennummer 30021",
        "Invoice 2026",
        "Rechnung vom 05.03.2026",
        "Invoice total 120.50",
        "Tel. No 03-78458155",
        "GST Reg No: 001335787520",
    ],
)
def test_other_numbers_are_not_the_documents(find, picture):
    assert find(picture)["invoice_number"] is None


def test_a_number_named_by_its_own_label_beats_another(find):
    field = find("Bill: 77\nInvoice No: A-12")["invoice_number"]
    assert (field.value, [other.value for other in field.alternatives]) == ("A-12", ["77"])


def test_a_labelled_number_in_a_text_layer_is_verified_but_not_off_one_engine(find):
    assert find("Invoice No: A-12")["invoice_number"].verified
    assert not find("Invoice No: A-12", source=Source.OCR)["invoice_number"].verified
    assert find("Invoice No: A-12", source=Source.OCR, agreed=True)["invoice_number"].verified


def test_digits_that_an_engine_tore_off_are_put_back(draw, context):
    page = draw("Invoice No: 0 0.123.456.7-18")
    torn = replace(page.lines[0].words[2], box=page.lines[0].words[2].box._replace(x1=0.14))
    words = (*page.lines[0].words[:2], torn, *page.lines[0].words[3:])
    field = IdentifierExtractor(ExtractSettings()).find(context(replace(page, lines=(Line(words),))))["invoice_number"]
    assert field is not None
    assert field.value == "00.123.456.7-18"


REFERENCE = """
Nordlicht Druck GmbH             EEE                  471102
Hafenstraße 9                    Kundennummer         GE2020211
                                 Referenz             GE2020211-471102
"""


def test_without_a_readable_label_the_number_that_a_reference_repeats_is_likely(find):
    field = find(REFERENCE)["invoice_number"]
    assert (field.value, field.verified) == ("471102", False)
    assert field.confidence < find("Invoice No: 471102")["invoice_number"].confidence


def test_a_number_that_nothing_repeats_is_left_alone(find):
    assert find("EEE          471102")["invoice_number"] is None


def test_a_single_figure_is_never_verified(find):
    assert not find("Invoice No: 7")["invoice_number"].verified


def test_two_numbers_that_claim_the_same_role_leave_it_open(find):
    assert not find("Invoice No: A-12", "Invoice No: A-13")["invoice_number"].verified


def test_numbers_shaped_as_the_sellers_before_are_likelier(find):
    known = Memory(1, (SellerMemory("Acme", 3, number_pattern="AA-9999"),))
    picture = "Acme\nBill No: 12345\nReceipt No: XY-2026"
    assert find(picture)["invoice_number"].value == "12345"
    number = find(picture, memory=known)["invoice_number"]
    assert number.value == "XY-2026"
    assert number.method.endswith("shaped as in earlier documents of Acme")
    assert find(picture.replace("Acme", "Other House"), memory=known)["invoice_number"].value == "12345"


def test_order_number_and_payment_reference_are_told_apart(find):
    fields = find("Bestellung: B123456789\nZahlungsreferenz: 2013-471102")
    assert fields["order_number"].value == "B123456789"
    assert fields["payment_reference"].value == "2013-471102"


PARTIES = """
Verkäufer                            Käufer
Nordlicht Druck GmbH                 Sommer AG
USt-IdNr.: DE811569869               USt-IdNr.: DE136695976
"""


def test_the_vat_id_in_the_buyers_block_is_not_the_sellers(find):
    field = find(PARTIES)["seller_vat_id"]
    assert (field.value, field.verified) == ("DE811569869", True)


@pytest.mark.parametrize(
    ("picture", "value"),
    [
        ("Ihre USt-IdNr.: DE136695976\nUSt-IdNr.: DE811569869", "DE811569869"),
        ("USt-IdNr. DE 811 569 869", "DE811569869"),
        ("TVA : FR40303265045 - SIRET : 30326504500010", "FR40303265045"),
        ("BTW nr. NL004495445B01", "NL004495445B01"),
        ("GST ID: 000849813504", "000849813504"),
        ("CHE-116.281.710 MWST", "CHE116281710"),
        ("Anything DE811569869 anywhere", "DE811569869"),
    ],
)
def test_vat_ids_of_many_countries_are_found(find, picture, value):
    assert find(picture)["seller_vat_id"].value == value


def test_a_failed_check_digit_lowers_confidence_and_keeps_the_value(find):
    right, wrong = (find(f"VAT No: {value}")["seller_vat_id"] for value in ("DE811569869", "DE811569868"))
    assert wrong.value == "DE811569868"
    assert wrong.confidence < right.confidence


def test_a_tax_rate_is_no_vat_id(find):
    assert find("TVA 20,0% 20,48\nVAT 19 % 12.25")["seller_vat_id"] is None


@pytest.mark.parametrize(
    ("picture", "value"),
    [
        ("IBAN: DE89 3704 0044 0532 0130 00  Handelsreg.: HA 123", "DE89370400440532013000"),
        ("IBAN DE89370400440532013000", "DE89370400440532013000"),
        ("IBAN: DEB9 37O4 0044 0532 0130 00", "DE89370400440532013000"),
        ("please pay to FR14 2004 1010 0505 0001 3M02 606 today", "FR1420041010050500013M02606"),
        ("IBAN : DE12 1234 4321 9876 00", "DE1212344321987600"),
        ("IBAN : FR20 1242 1242 1242 1242 1242 124 - BIC : FIDCFR21XXX", "FR2012421242124212421242124"),
    ],
)
def test_the_account_is_found(find, picture, value):
    assert find(picture)["iban"].value == value


def test_what_has_neither_label_nor_check_digits_is_no_account(find):
    assert find("Zählpunkt DE12 1234 4321 9876 00")["iban"] is None


def test_an_account_whose_check_digits_hold_is_read_right_even_by_one_engine(find):
    assert find("IBAN DE89370400440532013000", source=Source.OCR)["iban"].verified
    assert not find("IBAN DE89370400440532013001", source=Source.OCR)["iban"].verified


def read_twice(reading, texts):
    """The same page, where a second engine read these words otherwise."""

    def other(word):
        return replace(word, others=(Candidate(texts[word.text], 90.0, "rapidocr"),)) if word.text in texts else word

    return replace(reading, lines=tuple(Line(tuple(map(other, line.words))) for line in reading.lines))


@pytest.mark.parametrize(
    ("picture", "texts", "name", "value"),
    [
        ("IBAN DE89 3704 0044 0532 013 00", {"013": "0130"}, "iban", "DE89370400440532013000"),
        ("IBAN DE89 3704 0044 0532 0131 00", {"0131": "0133"}, "iban", "DE89370400440532013100"),
        ("VAT No DE811569868", {"DE811569868": "DE811569869"}, "seller_vat_id", "DE811569869"),
        ("VAT No DE811569868", {"DE811569868": "DE811569867"}, "seller_vat_id", "DE811569868"),
    ],
)
def test_a_value_whose_check_fails_gives_way_to_another_engines_only_if_that_passes(
    draw, context, picture, texts, name, value
):
    page = read_twice(draw(picture, source=Source.OCR), texts)
    field = IdentifierExtractor(ExtractSettings()).find(context(page))[name]
    assert field is not None
    assert field.value == value


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .-/", max_size=40))
def test_checks_answer_for_any_text(text):
    assert isinstance(check_iban(text), bool)
    assert isinstance(check_vat_id(text), bool)


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Handelsrechnung(380) Nr.471102 vom 05.06.2018", "471102"),
        ("Handelsrechnung (380) Nr.471102 vom 05.06.2018", "471102"),
        ("Rechnung des Versicherers (575) Nr.01.234.567.8-2018-1 vom 06.12.2018", "01.234.567.8-2018-1"),
    ],
)
def test_blanks_that_an_engine_lost_hide_no_number(find, title, number):
    assert find(f"Muster GmbH\n{title}")["invoice_number"].value == number


@pytest.mark.parametrize("own", ["Mahnung Nr. 4711", "Mahnungsnummer: 4711", "Reminder No. 4711", "Nr.: 4711"])
def test_a_reminder_s_own_number_is_not_the_invoice_s(find, own):
    page = f"Muster GmbH\nMahnung\n{own}\n"
    assert find(page)["invoice_number"] is None
    named = find(page + "Rechnungsnummer: R-2024-17")["invoice_number"]
    assert named.value == "R-2024-17"


@pytest.mark.parametrize(
    ("picture", "number"),
    [
        ("Studio Neri            NOTA DI CREDITO\nVia Roma 1             n. 12 del 20/01/2025", "12"),
        ("Studio Neri            FATTURA\nVia Roma 1             Numero 12/A", "12/A"),
        ("Muster GmbH            RECHNUNG\nHauptstr. 1            Nr. 2025-17", "2025-17"),
        ("Rossi\nNr. documento 55/B Data documento 03/02/2025", "55/B"),
    ],
)
def test_the_number_right_below_a_title_is_the_documents(find, picture, number):
    assert find(picture)["invoice_number"].value == number
