"""PDFs whose text layer says something else than they show: every letter shifted, digits swapped, one font of two."""

import string

from tests.kinds.file import File
from tests.kinds.pdf import print_pdf

DIGITS = dict(zip(string.digits, "7395018264", strict=True))
_PRINTABLE = string.ascii_letters + string.digits + "-./:,%&"


def shift(text: str, by: int) -> dict[str, str]:
    """The cipher that moves each character of ``text`` by so many codes."""
    return {character: chr(ord(character) + by) for character in text}


def has_digit(text: str) -> bool:
    """Whether a run of words is printed in the font of the figures."""
    return any(map(str.isdigit, text))


_ENGLISH = """
Fenwick Roofing Ltd
12 Mill Road, Norwich NR2 4TU

INVOICE 2024-377
Invoice date: 8 May 2024
Roof tiles replaced                              350.00
Net amount                                       350.00 GBP
VAT 20%                                           70.00 GBP
Total amount due                                 420.00 GBP
Please pay within thirty days. Thank you for your order.
"""
_GERMAN = """
Tischlerei Ahrens GmbH
Am Hafen 9, 23552 Lübeck

Rechnung Nr. 2024-516
Rechnungsdatum: 17.06.2024
Einbauschrank                                  1.200,00
Nettobetrag                                    1.200,00 EUR
19 % MwSt                                        228,00 EUR
Rechnungsbetrag                                1.428,00 EUR
Bitte überweisen Sie den Betrag innerhalb von 14 Tagen.
IBAN DE89 3704 0044 0532 0130 00
"""
_FRENCH = """
Serrurerie Vauquelin SARL
7 rue du Port, 76600 Le Havre

FACTURE
Numéro de facture :              2024-0841
Date de facture :                19/04/2024
Porte blindée                                    900,00
Total HT                                         900,00 EUR
TVA 20 %                                         180,00 EUR
Total TTC                                      1 080,00 EUR
Merci de régler cette facture sous trente jours.
"""

CIPHERED = {
    "ciphered-text": (
        File(
            print_pdf(_ENGLISH, shift(_PRINTABLE, -3)),
            (
                {
                    "total": "420.00",
                    "net_total": "350.00",
                    "tax_total": "70.00",
                    "issue_date": "2024-05-08",
                    "invoice_number": "2024-377",
                    "seller_name": "Fenwick Roofing Ltd",
                },
            ),
            printed=True,
        ),
        File(
            print_pdf(_GERMAN, DIGITS),
            (
                {
                    "total": "1428.00",
                    "net_total": "1200.00",
                    "tax_total": "228.00",
                    "issue_date": "2024-06-17",
                    "invoice_number": "2024-516",
                    "iban": "DE89370400440532013000",
                },
            ),
            printed=True,
        ),
        File(
            print_pdf(_FRENCH, DIGITS, has_digit),
            (
                {
                    "total": "1080.00",
                    "net_total": "900.00",
                    "tax_total": "180.00",
                    "issue_date": "2024-04-19",
                    "invoice_number": "2024-0841",
                },
            ),
            printed=True,
        ),
    ),
}
