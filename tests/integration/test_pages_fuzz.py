"""A short sample of damaged files; ``benchmarks/storms.py`` makes as many as one likes."""

from tests.integration.page_damage import CODES, make_whole, read_damaged

SEED = 20
ROUNDS = 20  # of each kind


def test_damaged_files_of_every_kind_are_read_or_are_document_errors(tmp_path):
    codes = read_damaged(tmp_path, make_whole(), SEED, ROUNDS)
    assert codes <= CODES
    assert {"corrupt", "truncated", "read"} <= codes
