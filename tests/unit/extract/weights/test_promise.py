"""What is promised keeps to the error that is accepted, and says how far it can be trusted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.extract.weights.binomial import find_lower_bound, find_upper_bound
from invoicewatch.extract.weights.promise import Curve, Promise, Step, load_promise, make_curve

JUDGED = st.lists(st.tuples(st.sampled_from([0.1 * n for n in range(11)]), st.booleans()), max_size=60)
ERRORS = st.floats(min_value=0.001, max_value=0.5)


@given(judged=JUDGED, accepted_error=ERRORS)
def test_no_more_are_wrong_above_the_threshold_than_is_accepted(judged, accepted_error):
    step = make_curve(judged).find_step(accepted_error)
    accepted = [right for chance, right in judged if chance >= step.threshold] if step.accepted else []
    assert (step.accepted, step.wrong) == (len(accepted), accepted.count(False))
    assert step.wrong <= accepted_error * step.accepted


@given(judged=JUDGED, low=ERRORS, high=ERRORS)
def test_who_accepts_more_errors_is_asked_about_no_more_documents(judged, low, high):
    low, high = sorted((low, high))
    curve = make_curve(judged)
    assert curve.find_step(low).accepted <= curve.find_step(high).accepted


def test_one_more_wrong_document_than_was_seen_must_be_bearable():
    """One wrong of 300 is fewer than one in 200, but two of 300 would be more."""
    judged = [(0.9, True)] * 299 + [(0.5, False)]
    assert Step(0.9, 299, 0) == make_curve(judged).find_step(0.005)


def test_nothing_is_accepted_where_nothing_can_be_promised():
    assert 1.0 == make_curve([(0.9, False), (0.8, True)]).find_step(0.01).threshold


@pytest.mark.parametrize(
    ("seen", "tried", "bound"), [(0, 100, 0.0362), (1, 100, 0.0545), (3, 741, 0.0118), (0, 0, 1.0)]
)
def test_the_bound_is_that_of_clopper_and_pearson(seen, tried, bound):
    assert bound == pytest.approx(find_upper_bound(seen, tried), abs=5e-5)


@given(tried=st.integers(min_value=1, max_value=300), data=st.data())
def test_what_was_seen_lies_between_the_bounds(tried, data):
    seen = data.draw(st.integers(min_value=0, max_value=tried))
    assert find_lower_bound(seen, tried) <= seen / tried <= find_upper_bound(seen, tried)


BAD = make_curve([(0.9, True)] * 150 + [(0.9, False)] * 10 + [(0.99, True)] * 60)
FEW = make_curve([(0.9, True)] * 10 + [(0.9, False)] * 5 + [(0.99, True)] * 6)


@pytest.mark.parametrize(("kind", "threshold"), [("good", 0.9), ("bad", 0.99), ("few", 0.9), ("unknown", 0.9)])
def test_only_a_kind_that_surely_errs_more_gets_a_stricter_threshold(kind, threshold):
    every = Curve(5000, (Step(0.99, 100, 0), Step(0.9, 4000, 10)))
    good = make_curve([(0.95, True)] * 300)
    promise = Promise({}, every, {"good": good, "bad": BAD, "few": FEW}, {})
    assert threshold == promise.find_threshold(0.005, kind)


def test_what_is_shipped_can_be_looked_up_at_every_error():
    steps = [load_promise().every.find_step(error / 1000) for error in range(1, 51)]
    assert all(step.wrong <= 0.05 * step.accepted for step in steps)
    assert [step.accepted for step in steps] == sorted(step.accepted for step in steps)
    assert load_promise().every.find_step(0.005).accepted > 0
