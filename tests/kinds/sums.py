"""Kinds of fault about amounts: which sum is asked for, and how it is written."""

from tests.kinds.page import Page

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


SUMS = {
    "currency-column": _CURRENCY_COLUMN,
    "instalments": _INSTALMENTS,
    "lakhs": _LAKHS,
    "gross-is-net": _GROSS_IS_NET,
    "small-print": _SMALL_PRINT,
}
