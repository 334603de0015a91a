"""A few uploads that mean harm; `python -m benchmarks.web_uploads` sends hundreds."""

from tests.functional.web.hostile_uploads import attack


def test_no_hostile_upload_gets_in_or_stops_the_page(tmp_path):
    outcome = attack(tmp_path, seed=1, count=30)
    assert (30, 14) == (outcome.count, len(outcome.statuses))
    assert {201, 303} & outcome.statuses["name"], "a sound file with an evil name comes in under another"
    assert outcome.entered >= 2
