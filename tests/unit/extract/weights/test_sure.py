"""A field that nothing was counted on must be fairly certain, any other as certain as was counted."""

import pytest

from invoicewatch.extract.weights.sure import Sure, SureFrom, load_sure

COUNTED = Sure({}, {"seller_name": SureFrom(0.7, 50, 1), "iban": SureFrom(1.0, 0, 0)})


@pytest.mark.parametrize(("name", "threshold"), [("seller_name", 0.7), ("iban", 1.0), ("colour", 0.9)])
def test_the_threshold_of_a_field(name, threshold):
    assert threshold == COUNTED.find_threshold(name)


def test_what_is_shipped_says_where_it_comes_from_and_calls_few_wrong_answers_sure():
    sure = load_sure()
    assert {"fitted", "by"} <= sure.provenance.keys()
    assert all(each.wrong <= 0.03 * each.count for each in sure.fields.values())
