"""Fillable PDFs: what was typed into their fields stands in no text object of the page."""

from __future__ import annotations

import re

from tests.kinds.file import File
from tests.kinds.pdf import HEIGHT, WIDTH, print_pdf, write_text
from tests.kinds.placed import LINE, place_runs
from tests.unit.pages.conftest import make_stream

_TYPED = re.compile(r"\[([^\]]*)\]")
_APPEARANCE = "/DA (/F1 9 Tf 0 g)"
_LOOK = "/Type /XObject /Subtype /Form /BBox [0 0 {} {}] /Resources << /Font << /F1 3 0 R >> >>"
_ROOM = 200  # points that a field is wide
_FORM = "/Fields [{}] " + _APPEARANCE + " /DR << /Font << /F1 3 0 R >> >> {}"
_FIRST = 8  # the number of the first object that is a field's


def fill_form(picture: str, way: str) -> bytes:
    """The page with its words in brackets typed into fields.

    Args:
        picture: The page as text, every value in brackets.
        way: ``undrawn`` values have no picture yet, ``drawn`` ones have that of the program that wrote them, and a
            ``chosen`` one was picked from a list.
    """
    typed = [run for run in place_runs(picture, WIDTH) if _TYPED.fullmatch(run.text)]
    objects: list[str] = []
    for number, run in enumerate(typed):
        x, y, value = run.x, HEIGHT - run.y - LINE + 3, run.text[1:-1]
        rect = f"/Rect [{x:.1f} {y:.1f} {x + _ROOM:.1f} {y + LINE - 2:.1f}]"
        kind = f"/FT /Ch /Ff {1 << 17} /Opt [{write_text(value)} (none)]" if way == "chosen" else "/FT /Tx"
        look = f"/AP << /N {_FIRST + len(typed) + number} 0 R >>" if way == "drawn" else ""
        objects.append(
            f"<< /Type /Annot /Subtype /Widget {kind} /T (f{number}) /V {write_text(value)} {rect} /F 4 "
            f"{_APPEARANCE} {look} >>"
        )
    if way == "drawn":
        objects += [_draw(run.text[1:-1]) for run in typed]
    fields = " ".join(f"{_FIRST + number} 0 R" for number in range(len(typed)))
    needed = "" if way == "drawn" else "/NeedAppearances true"
    return print_pdf(_TYPED.sub("", picture), fields=tuple(objects), form=_FORM.format(fields, needed))


def _draw(value: str) -> str:
    content = f"/Tx BMC BT /F1 9 Tf 2 4 Td {write_text(value)} Tj ET EMC"
    return make_stream(content, _LOOK.format(_ROOM, LINE - 2))


_GERMAN = """
Malerbetrieb Stolz
Ringstr. 14, 18055 Rostock
RECHNUNG
Rechnungsnummer:           [2024-0092]
Rechnungsdatum:            [11.04.2024]
Leistung:                  [Fassade gestrichen]
Nettobetrag:               [1.500,00 EUR]
19 % MwSt:                 [285,00 EUR]
Gesamtbetrag:              [1.785,00 EUR]
Bitte überweisen Sie den Betrag innerhalb von 14 Tagen ohne Abzug auf das genannte Konto.
"""
_ENGLISH = """
Larkhill Catering Ltd
3 Castle Street, Exeter EX4 3PT
INVOICE
Invoice number:            [LC-2207]
Invoice date:              [14 February 2024]
Description:               [Buffet for forty guests]
Net amount:                [640.00 GBP]
VAT 20%:                   [128.00 GBP]
Total amount:              [768.00 GBP]
Please pay the amount within thirty days to the account that you know.
"""
_FRENCH = """
Menuiserie Garnier SARL
5 rue Neuve, 86000 Poitiers
FACTURE
Numéro de facture :        [F-2024-61]
Date de facture :          [23/05/2024]
Désignation :              [Escalier en chêne]
Total HT :                 [2 000,00 EUR]
TVA 10 % :                 [200,00 EUR]
Total TTC :                [2 200,00 EUR]
Merci de régler cette facture sous trente jours par virement sur notre compte.
"""

FORMS = {
    "filled-form": (
        File(
            fill_form(_GERMAN, "undrawn"),
            (
                {
                    "document_type": "invoice",
                    "total": "1785.00",
                    "net_total": "1500.00",
                    "tax_total": "285.00",
                    "issue_date": "2024-04-11",
                    "invoice_number": "2024-0092",
                    "seller_name": "Malerbetrieb Stolz",
                },
            ),
            printed=True,
        ),
        File(
            fill_form(_ENGLISH, "drawn"),
            (
                {
                    "document_type": "invoice",
                    "total": "768.00",
                    "net_total": "640.00",
                    "tax_total": "128.00",
                    "issue_date": "2024-02-14",
                    "invoice_number": "LC-2207",
                },
            ),
            printed=True,
        ),
        File(
            fill_form(_FRENCH, "chosen"),
            (
                {
                    "document_type": "invoice",
                    "total": "2200.00",
                    "net_total": "2000.00",
                    "tax_total": "200.00",
                    "issue_date": "2024-05-23",
                    "invoice_number": "F-2024-61",
                },
            ),
            printed=True,
        ),
    ),
}
