"""Kinds of fault about days, numbers and what kind of paper it is."""

from tests.kinds.page import Page

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


DAYS = {
    "card-expiry": _CARD_EXPIRY,
    "service-days": _SERVICE_DAYS,
    "number-and-date": _NUMBER_AND_DATE,
    "greeting": _GREETING,
    "number-like-a-date": _NUMBER_LIKE_A_DATE,
    "label-on-two-lines": _LABEL_ON_TWO_LINES,
}
