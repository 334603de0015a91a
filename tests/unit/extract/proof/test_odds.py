"""Evidence becomes a probability that is never certain."""

from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.extract.proof.odds import DATE_WEIGHTS, HIGHEST, TOTAL_WEIGHTS, rate_evidence

AMOUNTS = st.floats(min_value=0, max_value=1)


@given(evidence=st.dictionaries(st.sampled_from([name for name in TOTAL_WEIGHTS if name != "bias"]), AMOUNTS))
def test_a_probability_lies_between_nothing_and_almost_certain(evidence):
    assert 0 <= rate_evidence(TOTAL_WEIGHTS, evidence) <= HIGHEST


@given(amount=AMOUNTS)
def test_a_second_engine_makes_an_answer_likelier_and_another_label_less(amount):
    plain = rate_evidence(DATE_WEIGHTS, {})
    assert plain <= rate_evidence(DATE_WEIGHTS, {"agreed": amount})
    assert plain >= rate_evidence(DATE_WEIGHTS, {"otherwise_labelled": amount})


def test_no_evidence_leaves_the_bias():
    assert 0.5 == rate_evidence({"bias": 0.0}, {})
