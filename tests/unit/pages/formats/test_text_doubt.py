"""A text layer whose font maps are a cipher is found out, and one that says what it shows costs no comparison."""

import string

import pytest

from tests.kinds.ciphered import DIGITS, shift
from tests.kinds.pdf import write_map

SHOWN = {
    "en": ("Invoice 2024-118 of 26.06.2024", "Please pay the amount within fourteen days", "Total amount 1,428.00 EUR"),
    "de": ("Rechnung 2024-118 vom 26.06.2024", "Bitte zahlen Sie innerhalb von vierzehn Tagen", "Summe 1.428,00 EUR"),
    "fr": ("Facture 2024-118 du 26.06.2024", "Merci de payer sous quatorze jours", "Montant total 1 428,00 EUR"),
    "it": ("Fattura 2024-118 del 26.06.2024", "Si prega di pagare entro quattordici giorni", "Totale 1.428,00 EUR"),
    "es": ("Factura 2024-118 del 26.06.2024", "Por favor pague dentro de catorce dias", "Importe total 1.428,00 EUR"),
    "nl": ("Factuur 2024-118 van 26.06.2024", "Gelieve binnen veertien dagen te betalen", "Totaal bedrag 1.428,00 EUR"),
    "pl": ("Faktura 2024-118 z dnia 26.06.2024", "Prosimy o zaplate w ciagu czternastu dni", "Razem 1.428,00 PLN"),
    "capitals": ("INVOICE 2024-118 OF 26.06.2024", "PLEASE PAY THE AMOUNT WITHIN DAYS", "TOTAL AMOUNT 1,428.00 EUR"),
}


@pytest.fixture
def open_ciphered(open_bytes, make_objects_pdf):
    """A page whose lines are printed in a font that a cipher maps, below lines in a sound one."""

    def open_(lines, cipher, sound=()):
        rows = [("F1", line) for line in sound] + [("F2", line) for line in lines]
        drawn = "".join(
            f"/{font} 11 Tf 1 0 0 1 72 {742 - 20 * n} Tm ({row}) Tj\n" for n, (font, row) in enumerate(rows)
        )
        font = "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding /ToUnicode 7 0 R >>"
        return open_bytes(make_objects_pdf(f"BT {drawn} ET", font, write_map(cipher), fonts="/F2 6 0 R"))

    return open_


def find_odd(source):
    """The words that are to be compared; None where the layer is not trusted anyway."""
    return [word.text for word in source.find_odd_words(1)] if source.read_text_layer(1) is not None else None


@pytest.mark.parametrize("language", SHOWN)
def test_a_page_in_any_language_needs_no_comparison(open_ciphered, language):
    assert [] == find_odd(open_ciphered(SHOWN[language], {}))


@pytest.mark.parametrize("language", SHOWN)
@pytest.mark.parametrize("by", [-5, 1, 3, 13])
def test_shifted_letters_are_odd_in_any_language(open_ciphered, language, by):
    assert [] != find_odd(open_ciphered(SHOWN[language], shift(string.ascii_letters, by)))


@pytest.mark.parametrize("language", SHOWN)
def test_digits_sent_elsewhere_are_odd_where_every_letter_is_right(open_ciphered, language):
    odd = find_odd(open_ciphered(SHOWN[language], DIGITS))
    assert any(character.isdigit() for word in odd for character in word)


def test_a_ciphered_font_is_found_beside_a_sound_one(open_ciphered):
    odd = find_odd(open_ciphered(("Total 1,428.00 due 26.06.2024",), DIGITS, sound=SHOWN["en"]))
    assert ["".join(DIGITS.get(c, c) for c in text) for text in ("26.06.2024", "1,428.00")] == odd


def test_capitals_alone_sent_elsewhere_are_odd(open_ciphered):
    assert find_odd(open_ciphered(SHOWN["capitals"], shift(string.ascii_uppercase, 3)))


def test_accounts_without_their_check_digits_are_odd(open_ciphered):
    account = "IBAN DE89 3704 0044 0532 0130 00"
    assert [] == find_odd(open_ciphered((account,), {}))
    assert [] != find_odd(open_ciphered((account,), DIGITS))


@pytest.mark.parametrize(("glyphs", "trusted"), [("0031", True), ("003100320033003400350036", False)])
def test_an_amount_in_glyphs_that_mean_nothing_spoils_a_whole_page(open_bytes, make_objects_pdf, glyphs, trusted):
    """A font by glyph numbers without a character map: one sign may be lost, a word may not."""
    rows = [line for lines in SHOWN.values() for line in lines]
    text = "".join(f"1 0 0 1 72 {742 - 20 * n} Tm ({row}) Tj\n" for n, row in enumerate(rows))
    drawn = f"/F2 11 Tf 1 0 0 1 72 100 Tm <{glyphs}> Tj"
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /Nameless /Encoding /Identity-H /DescendantFonts [<< /Type /Font "
        "/Subtype /CIDFontType2 /BaseFont /Nameless /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        "/Supplement 0 >> /FontDescriptor 7 0 R /DW 600 >>] >>"
    )
    descriptor = (
        "<< /Type /FontDescriptor /FontName /Nameless /Flags 4 /FontBBox [0 0 600 700] /ItalicAngle 0 /Ascent 700 "
        "/Descent 0 /CapHeight 700 /StemV 80 >>"
    )
    source = open_bytes(make_objects_pdf(f"BT /F1 11 Tf {text} {drawn} ET", font, descriptor, fonts="/F2 6 0 R"))
    assert trusted is (source.read_text_layer(1) is not None)
