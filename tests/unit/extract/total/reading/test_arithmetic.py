"""Each kind of arithmetic knows its phrase, and what follows from it."""

import pytest

from invoicewatch.extract.amounts.roles import AmountRole
from invoicewatch.extract.total.reading.arithmetic import (
    TOTAL_ROUNDED,
    Addition,
    Arithmetic,
    implies_total,
    is_final,
    is_rounding,
)

NET, TOTAL, TAX, TAX_TOTAL = AmountRole.NET, AmountRole.TOTAL, AmountRole.TAX, AmountRole.TAX_TOTAL
SERVICE, ROUNDING = AmountRole.SERVICE, AmountRole.ROUNDING


def test_an_addition_says_each_role_once_in_reading_order():
    kind = Addition.of(AmountRole.NET_OR_TOTAL, [SERVICE, TAX_TOTAL, SERVICE])
    assert "net or total + service + tax total" == str(kind)


def test_additions_of_the_same_roles_are_one_kind():
    assert TOTAL_ROUNDED == Addition.of(TOTAL, [ROUNDING])
    assert {Addition.of(NET, [TAX])} == {Addition.of(NET, [TAX, TAX])}


@pytest.mark.parametrize("kind", [Addition(NET, (SERVICE, TAX)), TOTAL_ROUNDED, Arithmetic.CHANGE, Arithmetic.PREPAID])
def test_after_tax_rounding_or_payment_nothing_is_added(kind):
    assert is_final(kind)


@pytest.mark.parametrize("kind", [Addition(NET, (SERVICE,)), Arithmetic.LINES, Arithmetic.PARTS])
def test_lines_and_charges_may_be_followed_by_tax(kind):
    assert not is_final(kind)


def test_rounding_counts_only_as_the_last_that_is_added():
    assert is_rounding(Addition(TOTAL, (SERVICE, ROUNDING)))
    assert not is_rounding(Addition(TOTAL, (ROUNDING, SERVICE)))
    assert not is_rounding(Arithmetic.CHANGE)


def test_net_and_tax_make_a_total_that_no_label_names_and_lines_do_not():
    assert implies_total(Addition(NET, (TAX,)))
    assert not implies_total(Addition(NET, (SERVICE, TAX)))
    assert not implies_total(Arithmetic.LINES)
