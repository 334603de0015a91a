"""A sample of what ``benchmarks/web_hostile.py`` sends by the ten thousand."""

from tests.hostile_office import HostileOffice


def test_of_five_hundred_hostile_requests_none_gets_in_and_none_stops_the_page(tmp_path):
    tally = HostileOffice(tmp_path).withstand(seed=1, count=500)
    assert sum(tally.statuses.values()) == 500
    assert {400, 401, 403, 404} <= tally.statuses.keys()
