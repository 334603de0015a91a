import pytest

from invoicewatch.extract.weights.chance import MAX_LEAD, Chance, load_chance


@pytest.fixture
def chance():
    return Chance(provenance={}, bias=-1.0, log_odds=0.5, lead=0.25)


def test_the_chance_grows_with_log_odds_and_lead(chance):
    assert chance.rate(2.0, 0.0) == pytest.approx(0.5)
    assert 0 < chance.rate(-4.0, 0.0) < chance.rate(2.0, 0.0) < chance.rate(2.0, 1.0) < 1


def test_a_lead_beyond_the_most_counts_no_more(chance):
    assert chance.rate(0.0, MAX_LEAD) == chance.rate(0.0, MAX_LEAD + 5)


def test_the_curve_of_sellers_gives_better_choices_the_higher_chance():
    curve = load_chance("seller")
    assert curve.rate(-3.0, 0.1) < 0.5 < curve.rate(3.0, 2.0)
