"""A rule proves a role only where it was tried often and hardly ever erred."""

import pytest

from invoicewatch.extract.weights.proofs import Applied, IssueRule, TotalRule, Tried, choose_proof, load_proofs


@pytest.mark.parametrize(
    ("tried", "proves"),
    [
        (Tried(unseen=100), True),
        (Tried(unseen=99), False),
        (Tried(unseen=60, generated=40), True),
        (Tried(unseen=499, wrong=1), False),
        (Tried(unseen=500, wrong=1), True),
        (Tried(unseen=500, wrong=2), False),
    ],
)
def test_one_error_in_five_hundred_is_the_most(tried, proves):
    assert proves == tried.proves


def test_every_rule_has_its_row():
    assert (set(TotalRule), set(IssueRule)) == (set(load_proofs().total), set(load_proofs().issue_date))


def test_a_rule_that_is_no_proof_is_passed_over():
    applied = (Applied(TotalRule.LONE_SUM, "the only sum"), Applied(TotalRule.CLOSING, "total, net + tax closes"))
    assert "total, net + tax closes" == choose_proof(applied)
    assert not choose_proof(applied[:1])
