import pytest

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.extract.parties.extractor import PartyExtractor
from invoicewatch.records import ExtractContext, Office, Source

TWO_COMPANIES = """
Nordlicht Druck GmbH                 Sommer Handels GmbH
Hafenstraße 9                        Oak Road 12
20457 Hamburg                        VAT id DE811569869
RECHNUNG
Summe 12,00
"""


@pytest.fixture
def find(draw, context):
    def find(picture, office=None, **options):
        made = context(draw(picture, **options))
        asked = ExtractContext(made.readings, {}, made.memory, made.today, {}, office or Office())
        return PartyExtractor(ExtractSettings()).find(asked)

    return find


@pytest.mark.parametrize("name", ["Nordlicht Druck GmbH", "NORDLICHT DRUCK GMBH", "Nordlicht Druck Gmbh."])
def test_the_office_is_never_the_seller(find, name):
    field = find(TWO_COMPANIES, Office(names=(name,)))["seller_name"]
    assert field.value != "Nordlicht Druck GmbH"
    assert "Nordlicht Druck GmbH" not in {other.value for other in field.alternatives}


def test_who_stands_over_the_offices_vat_id_is_not_the_seller(find):
    field = find(TWO_COMPANIES, Office(vat_ids=("DE 811569869",)))["seller_name"]
    assert "Sommer Handels GmbH" not in {field.value, *(other.value for other in field.alternatives)}


def test_the_office_under_a_heading_of_sellers_is_not_the_seller(find):
    picture = "From\nNordlicht Druck GmbH\nTo\nSommer Handels GmbH"
    field = find(picture, Office(names=("Nordlicht Druck GmbH",)))["seller_name"]
    assert field is None or field.value != "Nordlicht Druck GmbH"


def test_whom_to_remit_to_is_not_proved_to_sell(find):
    assert not find("Remit to\nHarbour Factoring Ltd\nOak Road 12")["seller_name"].verified


def test_a_person_under_a_word_for_who_serves_is_not_proved_to_sell(find):
    field = find("Vendeur\nAnnie Lemoine\nTotal 12,00")["seller_name"]
    assert field is None or not field.verified


@pytest.mark.parametrize("below", ["Address", "12 High Street"])
def test_a_label_or_a_street_is_never_the_buyer(find, below):
    buyer = find(f"Harbour Books Ltd\nBill to\n{below}\nTotal 12.00")["buyer_name"]
    assert buyer is None or buyer.value != below


def test_other_names_are_alternatives_with_a_smaller_chance(find):
    field = find("Harbour Books\nBrightwater Cafe\n12 High Street\nTotal 9.50", source=Source.OCR)["seller_name"]
    assert field.alternatives
    assert all(other.confidence <= field.confidence for other in field.alternatives)


def test_a_name_that_also_heads_the_page_is_not_proved_to_buy(find):
    picture = "INVOICE\nHarbour Books Ltd\n12 High Street\nTotal 9.50\n\n\nTo:  Harbour Books Ltd\n12 High Street"
    buyer = find(picture)["buyer_name"]
    assert buyer is None or not buyer.verified


@pytest.mark.parametrize(("host", "proved"), [("blueharbour", True), ("oldharbour", False), ("postman", True)])
def test_a_web_address_that_nearly_bears_the_name_leaves_it_unproved(find, host, proved):
    field = find(f"Seller\nBlue Harbour Ltd\n12 High Street\nwww.{host}.example\nTotal 9.50")["seller_name"]
    assert ("Blue Harbour Ltd", proved) == (field.value, field.verified)


def test_of_a_person_and_the_company_below_neither_is_proved_to_buy(find):
    buyer = find("Harbour Books Ltd\nBill to\nJo Doe\nOakwood Tools Inc.\n12 High Street\nTotal 9.50")["buyer_name"]
    assert not buyer.verified


@pytest.mark.parametrize("block", ["12 High Street\nWesthaven", ", Westhaven"])
def test_what_stands_where_an_address_does_is_not_proved_to_buy(find, block):
    buyer = find(f"Harbour Books Ltd\nBill to\n{block}\nTotal 9.50")["buyer_name"]
    assert buyer is None or not buyer.verified
