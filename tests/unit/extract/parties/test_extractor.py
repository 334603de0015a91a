from dataclasses import replace

import pytest

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.extract.parties.extractor import PartyExtractor
from invoicewatch.records import Line, Memory, SellerMemory, Source


@pytest.fixture
def find(draw, context):
    def find(picture, **options):
        memory, found = options.pop("memory", None), options.pop("found", None)
        return PartyExtractor(ExtractSettings()).find(context(draw(picture, **options), memory=memory, found=found))

    return find


TWO_COLUMNS = """
Lieferant                            Käufer                     WARENRECHNUNG
GLN 4333741000005                    GLN 4304171000002
NORDLICHT DRUCK GMBH                 SOMMER-KUNDE GMBH
HAFENSTRASSE 99                      KUNDENWEG 88
"""


def test_names_are_found_under_their_headings(find):
    fields = find(TWO_COLUMNS)
    assert fields["seller_name"].value == "NORDLICHT DRUCK GMBH"
    assert fields["buyer_name"].value == "SOMMER-KUNDE GMBH"
    assert fields["seller_name"].verified


def test_a_name_beside_its_own_label_wins_inside_a_block(find):
    fields = find("Seller\nNumber: 12\nContact: Ann Lee\nName: Harbour Print Ltd.\nBuyer\nName: Jo Doe")
    assert fields["seller_name"].value == "Harbour Print Ltd."
    assert fields["buyer_name"].value == "Jo Doe"


RECEIPT = """
       TAX INVOICE
    PASARAYA BORONG
        SDN BHD
      (124525-H)
   NO 19, JALAN UTAMA
   TEL 016-5498845
 THANK YOU PLEASE COME AGAIN
"""


def test_the_head_of_a_receipt_names_the_seller_over_two_lines(find):
    field = find(RECEIPT)["seller_name"]
    assert field.value == "PASARAYA BORONG SDN BHD"
    assert field.box.y1 > 0.05


def test_a_trade_with_its_legal_form_belongs_to_the_name_above(find):
    page = "   Belmarna\n Restaurant Pte Ltd\nGST Reg No: 200312345K\nTABLE: 3\nTotal      12.50"
    assert find(page)["seller_name"].value == "Belmarna Restaurant Pte Ltd"


def test_a_name_by_its_place_alone_is_never_verified(find):
    assert not find(RECEIPT)["seller_name"].verified


def test_a_shop_without_a_legal_form_is_found_over_its_address(find):
    assert find("YONG ENTERPRISE\n12 High Street\nTel 07-3523888\nTotal 9.50")["seller_name"].value == "YONG ENTERPRISE"


def test_a_company_whose_name_begins_like_a_label_is_found(find):
    assert find("Total Tools Ltd\n12 High Street\nTotal 9.50")["seller_name"].value == "Total Tools Ltd"


def test_the_web_address_tells_the_seller_among_names(find):
    picture = "Kurt Sommer\nOak Road 12\n\nBlue Harbour\nwww.blueharbour.example\nTotal 9.50"
    assert find(picture)["seller_name"].value == "Blue Harbour"


def test_the_sender_line_of_a_letter_gives_its_name_only(find):
    assert find("Mus Ter GmbH ● Ecke 12 ● 12345 Stadthausen")["seller_name"].value == "Mus Ter GmbH"


def test_a_seller_proved_before_is_recognised(find):
    known = Memory(4, (SellerMemory("Kiosk am Hafen", 3),))
    picture = "Altona Nord\nKiosk am Hafen\n"
    assert find(picture)["seller_name"].value == "Altona Nord"
    assert find(picture, memory=known)["seller_name"].value == "Kiosk am Hafen"


def test_a_seller_is_known_by_its_vat_id_where_the_name_is_a_picture(find):
    known = Memory(4, (SellerMemory("Kiosk am Hafen", 3, vat_id="DE811569869"),))
    field = find("12 High Street\n\nVAT No DE 811 569 869\nTotal 9.50", memory=known)["seller_name"]
    assert field.value == "Kiosk am Hafen"
    assert not field.verified


def test_a_company_whose_web_address_bears_its_name_is_proved(find):
    picture = "Blue Harbour Ltd\n12 High Street\nwww.blueharbour.example\nTotal 9.50"
    assert find(picture)["seller_name"].verified
    assert not find(picture, source=Source.OCR)["seller_name"].verified


def test_two_names_with_web_addresses_leave_the_seller_open(find):
    picture = "Blue Harbour Ltd\n12 High Street\nwww.blueharbour.example\n\nSommer AG\nmail@sommer.example"
    assert not find(picture)["seller_name"].verified


@pytest.mark.parametrize("host", ["www.mueller-druck.example", "www.muller-druck.example", "info@mueller-druck.co.uk"])
def test_web_addresses_write_umlauts_their_own_way(find, host):
    assert find(f"Müller Druck GmbH\n12 High Street\n{host}")["seller_name"].verified


def test_one_proof_is_not_enough_to_be_recognised(find):
    known = Memory(1, (SellerMemory("Kiosk am Hafen", 1),))
    assert find("Altona Nord\nKiosk am Hafen\n", memory=known)["seller_name"].value == "Altona Nord"


@pytest.mark.parametrize("capital", ["au capital", "AU CAPITAL", "au c apital", "aucapital"])
def test_the_form_that_french_law_has_mentioned_is_no_part_of_the_name(find, capital):
    picture = f"Au bon four SARL - 12 rue du Port\nSIRET 999 - SARL {capital} de 1 000 €"
    assert find(picture)["seller_name"].value == "Au bon four"
    assert find("Au bon four SARL - 12 rue du Port")["seller_name"].value == "Au bon four SARL"


LETTER = """
Nordlicht Druck GmbH                         Tel. 040 123456
Hafenstraße 9                                www.nordlicht-druck.example
20457 Hamburg


Nordlicht Druck GmbH, Hafenstraße 9, 20457 Hamburg
Herrn
Jonas Albers
Bahnstr. 42
88802 Spielkreis


RECHNUNG
"""


def test_the_name_in_the_envelopes_window_is_the_buyer(find):
    fields = find(LETTER)
    assert fields["seller_name"].value == "Nordlicht Druck GmbH"
    assert fields["buyer_name"].value == "Jonas Albers"
    assert not fields["buyer_name"].verified


def test_a_page_without_words_has_no_parties(find):
    assert find("") == {"seller_name": None, "buyer_name": None}


def test_what_one_engine_read_is_less_certain_than_a_text_layer(find):
    sure, unsure = find(TWO_COLUMNS)["seller_name"], find(TWO_COLUMNS, source=Source.OCR)["seller_name"]
    assert unsure.confidence < sure.confidence
    assert not unsure.verified


NUMBERED_CUSTOMER = """
Garnier Électricité SRL
151, rue des Lilas, 1099 Bruxemple
Aubépine Transports SAS                        Client    n°          80315
16 avenue de la Gare                           À payer avant le      21-07-2024
FACTURE
Ligne Libellé                   Quantité    PU HT     Total HT EUR
1   Papier A4 80 g              4           19,50     78,00
"""

BARE_CUSTOMER = """
Northwick Consulting
Customer   80315
Date   2020-12-26
Line Details              Qty    Price
Copy paper                4      19.50
"""


@pytest.mark.parametrize("picture", [NUMBERED_CUSTOMER, BARE_CUSTOMER])
@pytest.mark.parametrize("source", [Source.TEXT_LAYER, Source.OCR])
def test_a_label_or_the_head_of_a_table_is_never_the_buyer(find, picture, source):
    buyer = find(picture, source=source, agreed=True)["buyer_name"]
    assert buyer is None or (buyer.value == "Aubépine Transports SAS" and not buyer.verified)


@pytest.mark.parametrize("label", ["Bill No.", "Invoice no", "Invoice No", "Bill no:"])
def test_the_number_of_a_bill_is_no_heading_of_the_buyer(find, label):
    picture = f"Fablewood Minimart\n43 Orchard Avenue\n{label}\n20022778271\nMineral Water"
    assert find(picture, source=Source.OCR, agreed=True)["buyer_name"] is None


def test_a_name_under_the_number_of_the_customer_is_not_verified(find):
    assert find("Customer\nJonas Albers\nOak Road 12")["buyer_name"].verified
    field = find("Customer   80315\nJonas Albers\nOak Road 12")["buyer_name"]
    assert field.value == "Jonas Albers"
    assert not field.verified


@pytest.mark.parametrize(("heading", "verified"), [("Invoice to", True), ("lnvoicc to", False)])
def test_a_misread_heading_proves_nothing(find, heading, verified):
    field = find(f"{heading}\nJonas Albers\nOak Road 12", source=Source.OCR, agreed=True)["buyer_name"]
    assert field.value == "Jonas Albers"
    assert verified == field.verified


def test_a_heading_that_only_correction_made_proves_nothing(draw, context):
    reading = draw("Invoice to\nJonas Albers\nOak Road 12", source=Source.OCR, agreed=True)
    heading, *others = reading.lines
    first, second = heading.words
    mended = Line((first, replace(second, raw="t0")))
    corrected = context(replace(reading, lines=(mended, *others)))
    field = PartyExtractor(ExtractSettings()).find(corrected)["buyer_name"]
    assert field is not None
    assert not field.verified


TORN_LETTER = """
Ambergate Catering Inc.
56 High Street, Mock Springs, CA 94999
Phone: (512) 555-01246 www.ambergate.example


Change of our opening hours
Dear customer,
from        next month our counter is open    from 8.30 to 17.00 on weekdays
telephone line stays open as before. We look forward to your call.
Kind regards
Hannah Brightwater
"""


@pytest.mark.parametrize("source", [Source.TEXT_LAYER, Source.OCR])
def test_a_letters_formula_or_signature_is_never_the_seller(find, source):
    field = find(TORN_LETTER, source=source, agreed=True)["seller_name"]
    assert field.value == "Ambergate Catering Inc."


def test_who_sends_a_letter_is_not_proved_to_sell_by_that(find):
    picture = "From:\nHannah Brightwater\nOak Road 12\n\nDear Sir or Madam,\nYours sincerely\n"
    letter, invoice = (find(picture + end)["seller_name"] for end in ("", "Total   12.00"))
    assert letter.value == invoice.value == "Hannah Brightwater"
    assert not letter.verified
    assert invoice.verified


PHOTOGRAPH = """
Corner Bakery
Mill Lane 3



12.03.2024 08:49
Jonas Albers
Oak Road 12
10115 Berlin
A roll 1.20
Total 1.20
"""


@pytest.mark.parametrize(("paid", "buyer"), [("", "Jonas Albers"), ("Cash 2.00\nChange 0.80\n", None)])
def test_a_till_prints_no_buyer_for_the_window(find, paid, buyer):
    field = find(PHOTOGRAPH + paid)["buyer_name"]
    assert buyer == (field and field.value)


def test_the_title_behind_a_name_is_no_part_of_it(find):
    assert find("Harbour Web Services Invoice\n\nTotal 12.00")["seller_name"].value == "Harbour Web Services"


LETTERHEAD_AT_THE_FOOT = """
                                    Ada Martin
                                    27 rue du Moulin
                                    69100 Villeurbanne
Facture n° 17
Total TTC : 56,02

NOUVELLES DU PORT
Siège social : 16 rue Mollet - 92100 Boulogne - SIRET 53084813400017
"""


def test_the_name_over_what_the_law_asks_of_a_company_is_the_seller(find):
    assert find(LETTERHEAD_AT_THE_FOOT)["seller_name"].value == "NOUVELLES DU PORT"


def test_what_is_labelled_as_a_name_may_sound_like_a_street(find):
    fields = find("Service Provider\nName: Harrow Lane Studio\nStreet: 12 Mill Road\nCity: Leeds")
    assert fields["seller_name"].value == "Harrow Lane Studio"


@pytest.mark.parametrize(
    ("picture", "name"),
    [
        ("Fernruf Nord GmbH, 53171 Bonn\nFrau\nPetra Klein\nAm Bach 3", "Fernruf Nord GmbH"),
        ("Harbor Grill\n22 Wharf St, Portland, ME 04101\nTotal 12.00", "Harbor Grill"),
        ("Bezahlt\nVerkauft von\nHandelsring S.à r.l.\nBreite Str. 12", "Handelsring S.à r.l."),
    ],
)
def test_an_address_a_salutation_and_a_stamp_are_no_names(find, picture, name):
    assert find(picture)["seller_name"].value == name


def test_no_sentence_over_an_address_is_a_buyer(find):
    picture = "Nord GmbH\n\n\n\n\nfür unsere Leistungen berechnen wir\nServer 54321 Modell"
    assert find(picture)["buyer_name"] is None


@pytest.mark.parametrize("owner", ["di Bruni Gennaro", "Inh. Petra Bruni e.K."])
def test_the_owner_below_the_name_of_a_shop_is_not_the_seller(find, owner):
    assert find(f"PIZZERIA DA NINO\n{owner}\nVia Toledo 55 - 80134 Napoli")["seller_name"].value == "PIZZERIA DA NINO"
