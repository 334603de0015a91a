"""Evidence becomes a probability that is never certain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.extract.proof.odds import rate_evidence
from invoicewatch.extract.weights.belief import load_belief
from invoicewatch.extract.weights.features import IssueEvidence, TotalEvidence
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import ConfidenceWeights

AMOUNTS = st.floats(min_value=0, max_value=1)


@given(evidence=st.dictionaries(st.sampled_from(TotalEvidence), AMOUNTS))
def test_a_probability_lies_between_nothing_and_almost_certain(evidence):
    odds = load_belief("total").odds
    assert 0 <= rate_evidence(odds, evidence) <= load_weights(ConfidenceWeights).highest


@given(amount=AMOUNTS)
def test_a_second_engine_makes_an_answer_likelier_and_mended_signs_less(amount):
    odds = load_belief("issue_date").odds
    plain = rate_evidence(odds, {IssueEvidence.BIAS: 1.0})
    assert plain <= rate_evidence(odds, {IssueEvidence.BIAS: 1.0, IssueEvidence.AGREED: amount})
    assert plain >= rate_evidence(odds, {IssueEvidence.BIAS: 1.0, IssueEvidence.MENDED: amount})


def test_no_evidence_leaves_the_bias():
    assert 0.5 == rate_evidence({IssueEvidence.BIAS: 0.0}, {IssueEvidence.BIAS: 1.0})


@pytest.mark.parametrize(("name", "evidence"), [("total", TotalEvidence), ("issue_date", IssueEvidence)])
def test_every_piece_of_evidence_has_its_weight_and_no_other(name, evidence):
    assert {*map(str, evidence)} == load_belief(name).odds.keys()
