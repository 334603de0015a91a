"""Sparse pages: few words, labels at the left, amounts half a page to their right. Scanned askew, their rows slip."""

from tests.kinds.page import Page

_ROWS_SLIP = (
    Page(
        """
Zimmerei Hollerbach GmbH
Sägeweg 6, 83646 Bad Tölz

Rechnung ZH-2024-0418
Rechnungsdatum: 18.04.2024


Carport                                                                              2.150,00

Nettosumme                                                                           2.150,00
Steuerbetrag 19 %                                                                      408,50
Bruttosumme                                                                          2.558,50
Anzahlung                                                                             -800,00
Zahlbetrag                                                                           1.758,50
""",
        {
            "total": "2558.50",
            "net_total": "2150.00",
            "tax_total": "408.50",
            "amount_due": "1758.50",
            "issue_date": "2024-04-18",
        },
    ),
    Page(
        """
Pennard Joinery Ltd
Quay Lane, Truro TR1 2HH

INVOICE PJ-0771
Invoice date: 9 May 2024


Staircase                                                                            1,840.00

Net amount                                                                           1,840.00
VAT 20%                                                                                368.00
Total                                                                                2,208.00
Payable within 14 days
""",
        {"total": "2208.00", "net_total": "1840.00", "tax_total": "368.00", "issue_date": "2024-05-09"},
    ),
    Page(
        """
Couverture Aubrac SARL
4 chemin du Lac, 12000 Rodez

FACTURE CA-2024-33
Date de facture : 21/03/2024


Réfection de toiture                                                                 3 600,00

Total HT                                                                             3 600,00
TVA 10 %                                                                               360,00
Total TTC                                                                            3 960,00
""",
        {"total": "3960.00", "net_total": "3600.00", "tax_total": "360.00", "issue_date": "2024-03-21"},
    ),
)


SPARSE = {"rows-slip": _ROWS_SLIP}
