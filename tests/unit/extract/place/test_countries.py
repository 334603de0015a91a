"""The countries that a page points to come in one order, however often it is read."""

from invoicewatch.extract.place.countries import Sign, rank_countries

COUNTRIES = ["US", "CA", "DE", "AT", "CH", "FR", "ES", "PL"]


def test_of_countries_with_as_many_points_the_one_signed_first_leads():
    for order in (COUNTRIES, COUNTRIES[::-1]):
        assert order == list(rank_countries([Sign("prefix", country, "1") for country in order]))


def test_a_sign_that_one_country_has_counts_more_than_a_shared_one():
    signs = [Sign("prefix", "CA", "1"), Sign("prefix", "US", "1"), Sign("prefix", "DE", "49")]
    assert "DE" == next(iter(rank_countries(signs)))
