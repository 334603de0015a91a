import pytest

from invoicewatch.model.writing import is_looping


@pytest.mark.parametrize("tokens", [[7] * 12, [1, 2] * 6, [5, 1, 2, 3, 4] + [6, 7, 8, 9] * 3, list(range(32)) * 3])
def test_a_pattern_said_over_and_over_is_a_loop(tokens):
    assert is_looping(tokens)


@pytest.mark.parametrize("tokens", [[], [1], [7] * 5, [1, 2, 3, 4] * 2, list(range(100)), [0, 0, 0, 1] * 2 + [2]])
def test_rows_of_zeros_or_a_phrase_said_twice_are_none(tokens):
    assert not is_looping(tokens)
