"""A short sample of the storm that ``benchmarks/storms.py`` lets rage for as long as one likes."""

import pytest

from tests.faults.kill_storm import run_storm

SEED = 20260301
KILLS = 80


@pytest.mark.timeout(600)
def test_kills_at_random_lose_nothing_and_record_nothing_twice(quick_folder):
    run_storm(quick_folder, SEED, KILLS)
