import itertools

from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.model.branches import plan_rows, shared_length


def test_what_sequences_share_is_one_row_and_a_last_token_none():
    rows = plan_rows([[1, 2, 3, 4], [1, 2, 3, 5], [1, 2, 6, 7]], held=0, scored_from=1)
    assert [1, 2] == [row.token for row in rows if row.branches == (0, 1, 2)]
    assert {3, 6} == {row.token for row in rows if row.position == 2}
    assert 4 == len(rows)


def test_what_the_model_holds_is_not_planned_again():
    rows = plan_rows([[1, 2, 3, 4], [1, 2, 5, 4]], held=1, scored_from=2)
    assert [2, 5, 3] == [row.token for row in rows] or [2, 3, 5] == [row.token for row in rows]


def test_shared_length():
    assert 2 == shared_length([[1, 2, 3], [1, 2], [1, 2, 4]])
    assert 0 == shared_length([[1], [2]])


TAILS = st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=5), min_size=1, max_size=8)


@given(TAILS, st.integers(1, 4), st.data())
def test_every_scored_token_has_one_wanted_row_before_it_and_branches_only_narrow(tails, stem, data):
    held = data.draw(st.integers(0, stem - 1))
    sequences = [[9] * stem + tail for tail in tails]
    rows = plan_rows(sequences, held, stem)
    for branch, tokens in enumerate(sequences):
        own = [row for row in rows if branch in row.branches]
        assert list(range(held, held + len(own))) == [row.position for row in own]
        assert tokens[held : held + len(own)] == [row.token for row in own]
        assert set(range(stem, len(tokens))) <= {row.position + 1 for row in own if row.wanted}
        for before, after in itertools.pairwise(own):
            assert set(after.branches) <= set(before.branches)
