"""All signs of the order of day and month are weighed, and those that decide are named."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.extract.dates.order.decide import find_order, needs_order
from invoicewatch.extract.dates.order.reason import explain_order
from invoicewatch.extract.dates.written.parse import find_dates
from invoicewatch.extract.place.countries import Sign
from invoicewatch.extract.weights.features import OrderSign
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import OrderWeights
from invoicewatch.records import Memory, SellerMemory

TODAY = date(2026, 3, 1)


@pytest.fixture
def decide(draw, context):
    def decide(text, memory=None, languages=None):
        dates = list(find_dates(text, TODAY))
        return find_order(dates, context(draw(text), memory=memory), languages or {}, text)

    return decide


def test_without_a_sign_the_order_of_most_countries_stands_and_is_a_toss(decide):
    order = decide("03/04/2025")
    assert ("dmy", "", 0.5) == (order.order, order.reason, order.probability)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Springfield, IL 60601 Sales Tax 03/04/2025 and 28/03/2025", "dmy"),
        ("Paris, +33 1 23 45 67 89, www.example.fr, France 03/04/2025 and 03/28/2025", "mdy"),
    ],
)
def test_another_date_of_the_document_weighs_more_than_where_it_comes_from(decide, text, expected):
    assert expected == decide(text).order


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Balance at 30 days. Invoice date 11/03/2017, due date 12/03/2017", "mdy"),
        ("Zahlbar binnen 30 Tagen. Rechnung vom 05/04/2024, fällig am 05/05/2024", "dmy"),
        ("Paiement à 14 jours, facture 03/04/2025, échéance April 17, 2025", "dmy"),
        ("Payment within 10 days: 02/01/2025, by 02/11/2025", "mdy"),
    ],
)
def test_the_terms_of_payment_tell_the_order(decide, text, expected):
    order = decide(text)
    assert (expected, "the terms of payment") == (order.order, order.reason)


def test_terms_outweigh_where_a_document_comes_from(decide):
    origin = "Paris, +33 1 23 45 67 89, www.example.fr, France, TVA, EUR"
    assert "mdy" == decide(f"{origin} balance at 30 days 11/03/2017 12/03/2017").order


@pytest.mark.parametrize(
    "text",
    [
        "30 days 03/04/2025",
        "30 days 03/04/2025 07/09/2025",
        "30 days or 62 days 02/03/2025 03/05/2025",
        "1 day 11/03/2017 12/03/2017",
        "30 days 01/02/2025 02/03/2025 03/04/2025 04/05/2025 05/06/2025",
    ],
)
def test_terms_that_fit_no_dates_or_fit_both_orders_say_nothing(decide, text):
    assert "the terms of payment" not in decide(text).reason


FRENCH = "Paris, +33 1 23 45 67 89, www.example.fr, France, TVA, FR40303265045"


def test_a_paper_in_english_from_elsewhere_may_write_as_its_program_does(decide):
    order = decide(f"{FRENCH} 11/03/2017", languages={"en": 9, "fr": 1})
    assert ("dmy", "", 0.8) == (order.order, order.reason, order.probability)
    assert "" != decide(f"{FRENCH} 11/03/2017", languages={"en": 1, "fr": 9}).reason
    assert "" != decide(f"{FRENCH} 11/03/2017 and 28/03/2017", languages={"en": 9, "fr": 1}).reason


def test_a_paper_in_english_from_where_english_is_spoken_is_decided_by_its_country(decide):
    text = "12 High Street, Leeds LS8 2JJ, +44 113 496 0000, www.example.uk, United Kingdom 11/03/2017"
    order = decide(text, languages={"en": 9})
    assert "dmy" == order.order
    assert "" != order.reason


def test_a_day_of_another_calendar_says_nothing_of_the_order(decide):
    assert decide("03/04/2025 28/03/2081").probability == decide("03/04/2025").probability


def test_dots_alone_decide(decide):
    order = decide("03.04.2025")
    assert ("dmy", "the dots in it") == (order.order, order.reason)


@pytest.mark.parametrize("wrote", ["dmy", "mdy"])
def test_what_the_seller_wrote_before_decides(decide, wrote):
    order = decide("Acme Ltd 03/04/2025", Memory(1, (SellerMemory("Acme Ltd", 3, date_order=wrote),)))
    assert (wrote, "earlier documents of Acme Ltd") == (order.order, order.reason)


def test_two_signs_of_a_place_are_named_as_they_stand(decide):
    order = decide("Springfield, IL 60601 (312) 555-0142 Sales Tax 03/04/2025")
    assert "mdy" == order.order
    assert "the words 'sales tax'" in order.reason
    assert "the postcode 'IL 60601'" in order.reason


def test_where_years_may_come_first_a_short_year_is_in_doubt(decide):
    assert decide("Stockholm, Sweden 25-11-09").maybe_year_first
    assert decide("Tokyo, Japan +81 3 1234 5678 25-11-09").year_first


@pytest.mark.parametrize(
    ("text", "needed"), [("28/03/2025", False), ("2025-03-04", False), ("03/04/2025", True), ("25-11-09", True)]
)
def test_only_dates_that_can_be_read_in_several_ways_need_an_order(text, needed):
    assert needed == needs_order(list(find_dates(text, TODAY)))


def test_no_sign_speaks_against_its_own_countries():
    assert all(weight >= 0 for weight in load_weights(OrderWeights).odds.values())


@given(st.dictionaries(st.sampled_from(list(OrderSign)), st.sampled_from([-1.0, -0.5, 0.5, 1.0]), min_size=1))
def test_only_signs_on_the_side_that_won_are_named(features):
    weights = load_weights(OrderWeights).odds
    total = sum(weights[sign] * amount for sign, amount in features.items())
    signs = [Sign(str(sign), "US" if amount > 0 else "DE", f"<{sign}>") for sign, amount in features.items()]
    reason = explain_order(features, weights, signs, "<memory>")
    losing = [sign for sign, amount in features.items() if amount * total < 0]
    assert not any(f"<{sign}>" in reason for sign in losing)
