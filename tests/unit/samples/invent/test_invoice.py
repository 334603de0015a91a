from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban

from invoicewatch.samples.invent.document import make_spec
from invoicewatch.samples.invent.invoice import CENT, Kind
from invoicewatch.samples.invent.markets import MARKETS

seeds = st.integers(0, 10**9)


@given(seeds)
def test_same_seed_gives_the_same_document(seed):
    assert make_spec(seed) == make_spec(seed)


@given(seeds)
def test_sums_close_to_the_cent(seed):
    spec = make_spec(seed)
    assert spec.gross_total == spec.net_total + spec.tax_total
    assert spec.total == spec.gross_total + spec.rounding
    assert spec.amount_due == spec.total - spec.prepaid + spec.fee
    printed = spec.gross_total if spec.prices_include_tax else spec.net_total
    assert printed == spec.items_total - spec.discount


@given(seeds)
def test_every_sum_is_whole_cents(seed):
    spec = make_spec(seed)
    for amount in (spec.net_total, spec.tax_total, spec.total, spec.amount_due, *(item.amount for item in spec.items)):
        assert amount == amount.quantize(CENT)


@given(seeds)
def test_tax_is_rate_times_base_within_half_a_cent(seed):
    for line in make_spec(seed).tax_lines:
        assert abs(line.base * line.rate / 100 - line.tax) <= CENT


@given(seeds)
def test_cash_totals_are_payable_in_coins_and_change_is_never_negative(seed):
    spec = make_spec(seed, Kind.RECEIPT, "MY")
    if spec.tendered is not None:
        assert spec.total % Decimal("0.05") == 0
        assert abs(spec.rounding) <= Decimal("0.02")
        assert spec.tendered >= spec.total


def test_some_cash_receipts_are_rounded():
    roundings = {make_spec(seed, Kind.RECEIPT, "CH").rounding for seed in range(60)}
    assert len(roundings) > 2


@pytest.mark.parametrize("market", ["DE", "AT", "CH", "CH-FR", "FR", "BE", "GB", "IE"])
def test_ibans_and_vat_ids_pass_their_checks(market):
    from stdnum.at import uid as at_uid
    from stdnum.be import vat as be_vat
    from stdnum.ch import vat as ch_vat
    from stdnum.de import vat as de_vat
    from stdnum.fr import tva as fr_vat
    from stdnum.gb import vat as gb_vat
    from stdnum.ie import vat as ie_vat

    checks = {"DE": de_vat, "AT": at_uid, "CH": ch_vat, "FR": fr_vat, "BE": be_vat, "GB": gb_vat, "IE": ie_vat}
    for seed in range(5):
        seller = make_spec(seed, market=market).seller
        assert iban.is_valid(seller.iban)
        assert checks[market[:2]].is_valid(seller.vat_id)


def test_markets_cover_three_languages_and_many_currencies():
    assert {market.language for market in MARKETS.values()} == {"en", "de", "fr"}
    assert {market.currency for market in MARKETS.values()} >= {"EUR", "USD", "GBP", "CHF", "MYR"}


def test_sellers_cannot_be_mistaken_for_real_ones():
    for seed in range(50):
        seller = make_spec(seed).seller
        assert seller.email.endswith(".example")


def test_credit_notes_come_with_and_without_a_minus_sign():
    assert {make_spec(seed, Kind.CREDIT_NOTE).total > 0 for seed in range(30)} == {True, False}


def test_reminders_ask_for_their_fee_too():
    spec = make_spec(1, Kind.REMINDER)
    assert spec.amount_due == spec.total + spec.fee
    assert any(spec.money.write(spec.amount_due) in paragraph for paragraph in spec.paragraphs)
