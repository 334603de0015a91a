import pytest

from invoicewatch.extract.page.layout import view_page
from invoicewatch.extract.page.sections import find_sections
from invoicewatch.extract.parties.names.brands import is_brand
from invoicewatch.extract.parties.ranking.choice import describe_page
from invoicewatch.extract.parties.ranking.wordmarks import mark_words


@pytest.fixture
def describe(draw):
    def describe(picture, name):
        page = view_page(draw(picture))
        described = describe_page(page, find_sections(page))
        return next(
            marks
            for candidate, marks in zip(described.candidates, described.features, strict=True)
            if candidate.text == name
        )

    return describe


def test_a_line_tells_what_stands_below_and_beside_it(describe):
    marks = describe("Harbour Books\n12 High Street\nTel 0401234567\nCashier: Ann Lee\nTotal 9.50", "Harbour Books")
    assert marks["address_below"] == 1
    assert marks["phone_near"] == 1
    assert marks["before_amounts"] == 1
    assert marks["row"] == 0


def test_who_serves_is_told_by_the_word_before(describe):
    assert describe("Harbour Books\nCashier: Ann Lee\nTotal 9.50", "Ann Lee")["person_before"] == 1


def test_a_town_is_known_by_the_line_it_was_cut_from(describe):
    marks = describe("Harbour Books\nWesthaven, CA 94301\nTotal 9.50", "Westhaven")
    assert marks["line_postcode"] == 1
    assert marks["line_state"] == 1


def test_a_name_under_a_heading_says_so(describe):
    picture = "Seller                    Buyer\nHarbour Books             Jo Doe"
    assert describe(picture, "Harbour Books")["in_seller"] == 1
    assert describe(picture, "Jo Doe")["in_buyer"] == 1


def test_headings_of_further_languages_count_as_features(describe):
    assert (
        describe("Sprzedawca              Nabywca\nHarbour Books           Jo Doe", "Harbour Books")["under_seller"]
        == 1
    )


def test_the_web_address_is_like_the_name(describe):
    assert describe("Harbour Books\nwww.harbour-books.example\nTotal 9.50", "Harbour Books")["host_likeness"] == 1


def test_slogans_are_told_by_their_small_words():
    assert mark_words("Always more for your day")["small_words"] > 0.5 > mark_words("Harbour Books")["small_words"]


def test_brands_are_known_by_all_their_letters():
    assert is_brand("ikea")
    assert not is_brand("walm")
    assert not is_brand("harbourbooksofmockton")
