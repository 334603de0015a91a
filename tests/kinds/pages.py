"""Pages on which a kind of fault once showed, three of each kind: drawn as text, each with what is true of it.

A character is a hundredth of the page wide. ``PAGES`` has the pages by kind and number; of each the picture and the
fields that must come out.
"""

from __future__ import annotations

from typing import NamedTuple


class Page(NamedTuple):
    """A page as text, and its true fields; amounts and dates as texts."""

    picture: str
    fields: dict[str, str]


_CURRENCY_COLUMN = (
    Page(
        """
ATELIER BREVANNE SARL
9 rue du Moulin
35400 SAINT-MALO
N° TVA : FR40303265045

                                        FACTURE N° 44120
Date            Code client        Devise
07/02/2024      C0417              EUR
Désignation             Quantité    Prix unitaire      Montant
Joint torique                  4            12,50        50,00
Total HT                                                 50,00 €
TVA 20 %                                                 10,00 €
Total TTC                                                60,00 €
""",
        {"document_type": "invoice", "total": "60.00", "net_total": "50.00", "tax_total": "10.00"},
    ),
    Page(
        """
MENUISERIE TRELAZE SAS
2 chemin des Aulnes
49800 TRELAZE

FACTURE
Numéro : F-2291
Date : 14/11/2023      Devise : EUR
Porte en chêne                                          400,00
Montant HT                                              400,00
Montant TVA 20 %                                         80,00
Montant TTC                                             480,00
""",
        {"document_type": "invoice", "total": "480.00", "tax_total": "80.00", "issue_date": "2023-11-14"},
    ),
    Page(
        """
Kelmoor Supplies Ltd
4 Dock Street, Bristol BS1 6XN

INVOICE K-1184
Invoice date    Purchase Order / Quote / Contract    Currency
12 March 2024   PO-7781                              GBP
Cable drum                                              250.00
Net amount                                              250.00
VAT 20%                                                  50.00
Total                                                   300.00
""",
        {"document_type": "invoice", "total": "300.00", "net_total": "250.00", "issue_date": "2024-03-12"},
    ),
)
_CARD_EXPIRY = (
    Page(
        """
RELAIS DE L'ECLUSE
3 QUAI DU PORT
21000 DIJON
TICKET CLIENT
SP95                         28.00
TOTAL TTC EUR                28.00
Carte bancaire EUR           28.00
Date d'expiration : 30/09/26
17-05-2024 18:44 0017 1 40021
Merci et bonne route
""",
        {"total": "28.00", "issue_date": "2024-05-17"},
    ),
    Page(
        """
CORNER PHARMACY
18 Hill Road
Receipt 00841
Vitamin C                     6.40
Plasters                      2.10
TOTAL                         8.50
VISA **** 0192                8.50
Expiry date 11/30/2027
Thank you   05/21/2024 10:07
""",
        {"total": "8.50", "issue_date": "2024-05-21"},
    ),
    Page(
        """
Blumenhaus Winkler
Marktgasse 8, 99084 Erfurt
Rosen                        12,00
Vase                          9,50
SUMME EUR                    21,50
Girocard                     21,50
Karte gültig bis 31.12.2027
Datum 03.06.2024  Uhrzeit 16:20:11
Vielen Dank für Ihren Einkauf
""",
        {"total": "21.50", "issue_date": "2024-06-03"},
    ),
)
_INSTALMENTS = (
    Page(
        """
Gaswerk Nordau GmbH
Uferstr. 3, 24937 Flensburg
Rechnungsnummer: 5510021          Datum: 12.01.2024
Ihre Jahresabrechnung Gas 2023
Gaskosten netto                    1.500,00 €
Umsatzsteuer 19 %                    285,00 €
Gaskosten brutto                   1.785,00 €
abzüglich geleistete Abschläge    -1.620,00 €
Nachzahlung                          165,00 €
""",
        {"total": "1785.00", "net_total": "1500.00", "tax_total": "285.00", "amount_due": "165.00"},
    ),
    Page(
        """
Holm Construction Ltd
Station Road, York YO1 7HT
INVOICE 2281
Invoice date: 4 June 2024
Roof works                         8,000.00
Net amount                         8,000.00
VAT 20%                            1,600.00
Total                              9,600.00
Less payments received            -6,000.00
Balance due                        3,600.00
""",
        {"total": "9600.00", "net_total": "8000.00", "tax_total": "1600.00", "amount_due": "3600.00"},
    ),
    Page(
        """
Charpente Valois SARL
12 rue Haute, 25000 Besançon
FACTURE N° 2024-031
Date de facture : 19/04/2024
Charpente                          4 000,00
Total HT                           4 000,00
TVA 10 %                             400,00
Total TTC                          4 400,00
Acomptes versés                    3 000,00
Reste à payer                      1 400,00
""",
        {"total": "4400.00", "net_total": "4000.00", "tax_total": "400.00", "amount_due": "1400.00"},
    ),
)
_LAKHS = tuple(
    Page(
        f"""
Malabar Instruments Pvt Ltd                    TAX INVOICE
22 Church Street, Bengaluru 560001, India
Invoice no. {number}
Invoice date: 18-07-2024
Flow meter
Subtotal                                   {mark}{net}
IGST 18%                                   {mark}{tax}
Grand Total                                {mark}{total}
""",
        {"total": total.replace(",", ""), "net_total": net.replace(",", ""), "issue_date": "2024-07-18"},
    )
    for number, mark, net, tax, total in (
        ("B-101", "Rs. ", "2,50,000.00", "45,000.00", "2,95,000.00"),
        ("B-102", "INR ", "10,00,000.00", "1,80,000.00", "11,80,000.00"),
        ("B-103", "", "1,04,237.00", "18,762.66", "1,22,999.66"),
    )
)
_GROSS_IS_NET = tuple(
    Page(
        f"""
Pilatus Werkzeug AG
Industrieweg 4
6010 Kriens
Rechnung
Rechnungsnummer 2024-0{number}
Datum 21.03.2024
Fräser                                       {net}
{gross}                                      {net}
Mehrwertsteuer 8.1%                          {tax}
{whole}                                      {total}
Zahlungskonditionen: 30 Tage netto
""",
        {"total": total.replace("'", ""), "net_total": net.replace("'", ""), "tax_total": tax, "currency": "CHF"},
    )
    for number, gross, whole, net, tax, total in (
        (411, "Brutto CHF", "Netto inkl. MWST", "1'000.00", "81.00", "1'081.00"),
        (412, "Total brutto CHF", "Netto CHF", "200.00", "16.20", "216.20"),
        (413, "Bruttobetrag CHF", "Total inkl. MWST", "300.00", "24.30", "324.30"),
    )
)
_SERVICE_DAYS = (
    Page(
        """
Dr. med. Jutta Sandner
Fachärztin für Augenheilkunde
Hauptplatz 3, 8010 Graz
HONORARNOTE Nr. 20417
Graz, am 14.05.2024
Datum        Leistung                          EUR
02.05.2024   Erstordination                  40,00
02.05.2024   Sehtest                         15,50
Honorar gesamt                               55,50
""",
        {"total": "55.50", "issue_date": "2024-05-14"},
    ),
    Page(
        """
Praxis Steinhof
Ringweg 7, 4053 Basel
Rechnung Nr. 7781
Basel, 30. April 2024
Datum        Behandlung                       CHF
11.04.2024   Massage                        80.00
18.04.2024   Massage                        80.00
Total CHF                                  160.00
""",
        {"total": "160.00", "issue_date": "2024-04-30"},
    ),
    Page(
        """
Greenhill Gardening
5 Park Lane, Leeds LS8 2JJ
INVOICE 118
Leeds, 3 July 2024
Date           Work                          Amount
10 June 2024   Hedge cutting                  60.00
24 June 2024   Lawn                           45.00
Total                                        105.00
""",
        {"total": "105.00", "issue_date": "2024-07-03"},
    ),
)
_SMALL_PRINT = (
    Page(
        """
Date de facture : 05/03/2024
N° de facture : 5512207
Bonjour, voici votre facture du 5 mars 2024 :
                                         HT          TTC
Montant prélevé le 15 mars 2024                    30,00
Vos services Lumière Mobile           25,00        30,00
Montant de la facture soumis à TVA    25,00        30,00
TVA 20,00 %                            5,00
En cas de retard, une indemnité de 40,00 € sera due. Au-delà de 25 % du
montant total. 360 jours après la souscription, aucun frais.
""",
        {"total": "30.00", "net_total": "25.00", "tax_total": "5.00", "issue_date": "2024-03-05"},
    ),
    Page(
        """
Tarn Broadband Ltd
INVOICE 90017
Invoice date: 2 May 2024
Broadband May                            20.00
VAT 20%                                   4.00
Total                                    24.00
If you leave early you pay 96.00, but never more than 150.00 in total
""",
        {"total": "24.00", "tax_total": "4.00", "issue_date": "2024-05-02"},
    ),
    Page(
        """
Funkturm Telefon GmbH
Rechnungsnummer 40022
Rechnungsdatum 11.03.2024
Grundgebühr                              16,81
Nettobetrag                              16,81
19 % USt                                  3,19
Rechnungsbetrag                          20,00
Bei Zahlungsverzug berechnen wir Mahnkosten von 5,00 €, höchstens 25,00 € insgesamt
""",
        {"total": "20.00", "net_total": "16.81", "tax_total": "3.19", "issue_date": "2024-03-11"},
    ),
)
_NUMBER_AND_DATE = tuple(
    Page(
        f"""
Kranbetrieb Mosel GmbH
Werftstr. 5, 54290 Trier

Rechnung
{line}
Ihre Bestellung/Datum     4500099/02.04.2024
Kranmiete                                300,00
Nettobetrag                              300,00 EUR
19 % USt                                  57,00 EUR
Rechnungsbetrag                          357,00 EUR
""",
        {"total": "357.00", "issue_date": "2024-05-08", "invoice_number": number},
    )
    for number, line in (
        ("90200417", "Rechnungs-Nr./Datum       90200417/08.05.2024"),
        ("90200418", "Rechnungsnummer/Datum     90200418 / 08.05.2024"),
        ("90200419", "Rechnung Nr./Datum        90200419/08.05.2024"),
    )
)
_GREETING = (
    Page(
        """
Umzüge Halder GmbH
Lagerweg 2, 89073 Ulm

Rechnung Nr. 2024-305
Rechnungsdatum: 16.04.2024
Sehr geehrte Frau Lorenz,
für den Umzug erlauben wir uns zu berechnen:
Umzug                                    800,00
Nettobetrag                              800,00 EUR
19 % USt                                 152,00 EUR
Rechnungsbetrag                          952,00 EUR
Mit freundlichen Grüßen
Peter Halder
""",
        {"document_type": "invoice", "total": "952.00", "net_total": "800.00", "tax_total": "152.00"},
    ),
    Page(
        """
Marlow Translations
8 Canal Street, Manchester M1 3HE
INVOICE 7715
Invoice date: 9 April 2024
Dear Ms Keller,
please find below our charges for the work that you ordered.
Translation                              400.00
VAT 20%                                   80.00
Total                                    480.00
Yours sincerely
Tom Marlow
""",
        {"document_type": "invoice", "total": "480.00", "issue_date": "2024-04-09"},
    ),
    Page(
        """
Cabinet Aubry SARL
6 place Neuve, 31000 Toulouse
FACTURE N° 2024-77
Date de facture : 22/05/2024
Madame, Monsieur,
Conseil                                  500,00
Total HT                                 500,00
TVA 20 %                                 100,00
Total TTC                                600,00
Veuillez agréer nos salutations distinguées
""",
        {"document_type": "invoice", "total": "600.00", "net_total": "500.00", "tax_total": "100.00"},
    ),
)
_NUMBER_LIKE_A_DATE = tuple(
    Page(
        f"""
Anna Weidner
Kirchweg 3, 12345 Altstadt

Altstadt, October 5, 2016
{title} {number}

Description                     Prices in EUR
First service                            100,00
Second service                            50,00
Subtotal:                                150,00
VAT 20%:                                  30,00
Total:                                   180,00
""",
        {"total": "180.00", "issue_date": "2016-10-05", "invoice_number": number.removeprefix("#")},
    )
    for title, number in (("Invoice", "#2016-10-07"), ("Invoice No.", "2016-09-03"), ("Invoice number:", "2016-11-12"))
)
_LABEL_ON_TWO_LINES = tuple(
    Page(
        f"""
                                                        Rechnung
Verkauft von Versand Aumann Limited
Rechnungsdatum
/Lieferdatum              {day}
Rechnungsnummer           {number}

Zahlbetrag                {total} €
Bestelldatum              01.02.2025
Wasserkocher              {total} €
Gesamtpreis               {total} €
""",
        {"total": total.replace(",", "."), "issue_date": iso, "invoice_number": number},
    )
    for day, iso, number, total in (
        ("04.02.2025", "2025-02-04", "AU-DE-2025-11", "34,90"),
        ("11. Februar 2025", "2025-02-11", "AU-DE-2025-12", "18,00"),
        ("28.02.2025", "2025-02-28", "AU-DE-2025-13", "249,00"),
    )
)

_KINDS = {
    "currency-column": _CURRENCY_COLUMN,
    "card-expiry": _CARD_EXPIRY,
    "instalments": _INSTALMENTS,
    "lakhs": _LAKHS,
    "gross-is-net": _GROSS_IS_NET,
    "service-days": _SERVICE_DAYS,
    "small-print": _SMALL_PRINT,
    "number-and-date": _NUMBER_AND_DATE,
    "greeting": _GREETING,
    "number-like-a-date": _NUMBER_LIKE_A_DATE,
    "label-on-two-lines": _LABEL_ON_TWO_LINES,
}
PAGES = {f"{kind}-{number}": page for kind, pages in _KINDS.items() for number, page in enumerate(pages, start=1)}
