"""Each kind of payload as its paper shows it, and what breaks its rules."""

import base64
from datetime import date
from decimal import Decimal
from zlib import crc32

import pytest

from invoicewatch.extract.codes.known import SYNTAXES, name_code
from invoicewatch.extract.codes.payloads.dsfinvk import parse_dsfinvk
from invoicewatch.extract.codes.payloads.epc import parse_epc
from invoicewatch.extract.codes.payloads.hub3 import parse_hub3
from invoicewatch.extract.codes.payloads.portugal import parse_portugal
from invoicewatch.extract.codes.payloads.record import MalformedCodeError
from invoicewatch.extract.codes.payloads.spayd import parse_spayd
from invoicewatch.extract.codes.payloads.swiss_qr import parse_swiss_qr
from invoicewatch.extract.codes.payloads.zatca import parse_zatca
from invoicewatch.records import Box, Code

SWISS = "\n".join(  # noqa: FLY002 - line by line, as the guidelines number them
    [
        "SPC", "0200", "1", "CH4431999123000889012", "S", "Max Muster & Söhne", "Musterstrasse", "123", "8000",
        "Seldwyla", "CH", "", "", "", "", "", "", "", "1949.75", "CHF", "S", "Simon Muster", "Musterstrasse", "1",
        "8000", "Seldwyla", "CH", "QRR", "210000000003139471430009017", "Order of 15.06.2020", "EPD",
        "//S1/10/10201409/11/200701/20/140.000-53/30/102673386/31/200615/32/7.7/40/0:30", "Name AV1: UV;UltraPay005",
    ]
)  # fmt: skip
SPAYD = "SPD*1.0*ACC:CZ5855000000001265098001+RZBCCZPP*AM:480.55*CC:CZK*DT:20261231*MSG:Payment%20here*X-VS:1234567890"
PORTUGAL = (
    "A:123456789*B:999999990*C:PT*D:FT*E:N*F:20191231*G:FT AB2019/0035*H:CSDF7T5H0035*I1:PT*I2:12000.00*I3:15000.00"
    "*I4:900.00*I5:50000.00*I6:6500.00*I7:80000.00*I8:18400.00*J1:PT-AC*J2:10000.00*J3:25000.56*J4:1000.02*J5:75000.00"
    "*J6:6750.00*J7:100000.00*J8:18000.00*K1:PT-MA*K2:5000.00*K3:12500.00*K4:625.00*K5:25000.00*K6:3000.00*K7:40000.00"
    "*K8:8800.00*L:100.00*M:25.00*N:64000.02*O:513600.58*P:100.00*Q:kLp0*R:9999*S:TB;PT00000000000000000000000"
)
TILL = (
    "V0;955002-00;Kassenbeleg-V1;Beleg^75.33_7.99_0.00_0.00_0.00^10.00:Bar_5.00:Bar:CHF_68.32:Unbar;18;112;"
    "2019-07-10T18:41:04.000Z;2019-07-10T18:41:04.000Z;ecdsa-plain-SHA256;unixTime;MEQCIAy4==;BHhWOeisRpPBTGQ1=="
)
HUB3 = "\n".join(  # noqa: FLY002 - likewise
    [
        "HRVHUB30", "EUR", "000000000012355", "ŽELJKO SENEKOVIĆ", "IVANECKA ULICA 125", "42000 VARAŽDIN",
        "2DBK d.d.", "ALKARSKI PROLAZ 13B", "21230 SINJ", "HR1210010051863000160", "HR01", "7269-68949637676-00019",
        "COST", "Troškovi za 1. mjesec",
    ]
)  # fmt: skip


def zatca(*, number="310122393500003", time="2022-04-25T15:30:00Z", total="1000.00", tax="150.00"):
    parts = ("Bobs Records", number, time, total, tax)
    values = b"".join(bytes([tag, len(part.encode())]) + part.encode() for tag, part in enumerate(parts, 1))
    return base64.b64encode(values).decode()


def test_a_transfer_states_account_amount_and_reference(epc):
    assert parse_epc(epc()).values == {
        "iban": "DE02120300000000202051",
        "currency": "EUR",
        "amount_due": Decimal("1250.00"),
        "payment_reference": "RF18539007547034",
    }


def test_a_donation_s_transfer_states_no_amount(epc):
    assert "amount_due" not in parse_epc(epc(amount="", reference="", message="for the cats")).values


def test_a_qr_bill_states_what_swico_adds_too():
    assert parse_swiss_qr(SWISS).values == {
        "iban": "CH4431999123000889012",
        "currency": "CHF",
        "amount_due": Decimal("1949.75"),
        "payment_reference": "210000000003139471430009017",
        "invoice_number": "10201409",
        "issue_date": date(2020, 7, 1),
        "seller_vat_id": "CHE102673386",
    }


@pytest.mark.parametrize("amount", ["", "0.00"])
def test_a_qr_bill_that_leaves_the_amount_open_states_none(amount):
    assert "amount_due" not in parse_swiss_qr(SWISS.replace("1949.75", amount)).values


def test_broken_bill_information_is_left_out():
    broken = SWISS.replace("/11/200701", "/11/209901").replace("/30/102673386", "/30/102673387")
    assert {"issue_date", "seller_vat_id"}.isdisjoint(parse_swiss_qr(broken).values)


def test_a_czech_code_states_account_amount_day_and_symbol():
    assert parse_spayd(SPAYD).values == {
        "iban": "CZ5855000000001265098001",
        "currency": "CZK",
        "amount_due": Decimal("480.55"),
        "due_date": date(2026, 12, 31),
        "payment_reference": "1234567890",
    }


def test_a_czech_code_s_checksum_is_over_its_pairs_in_order():
    canonical = "*".join(["SPD", "1.0", *sorted(SPAYD.split("*")[2:])])
    stated = f"{SPAYD}*CRC32:{crc32(canonical.encode()):08X}"
    assert parse_spayd(stated) == parse_spayd(SPAYD)
    with pytest.raises(MalformedCodeError, match="checksum"):
        parse_spayd(stated.replace("480.55", "480.56"))


def test_portugal_s_code_states_what_the_tax_office_gets():
    assert parse_portugal(PORTUGAL).values == {
        "invoice_number": "FT AB2019/0035",
        "issue_date": date(2019, 12, 31),
        "currency": "EUR",
        "seller_vat_id": "PT123456789",
        "tax_total": Decimal("64000.02"),
        "total": Decimal("513600.58"),
    }


def test_portugal_s_credit_note_says_that_it_is_one():
    credit = PORTUGAL.replace("D:FT", "D:NC").replace("G:FT", "G:NC")
    assert parse_portugal(credit).values["document_type"] == "credit_note"


def test_saudi_arabia_s_code_states_total_and_tax():
    assert parse_zatca(zatca()).values == {
        "currency": "SAR",
        "seller_vat_id": "310122393500003",
        "issue_date": date(2022, 4, 25),
        "total": Decimal("1000.00"),
        "tax_total": Decimal("150.00"),
    }


def test_a_time_that_may_be_two_days_in_riyadh_states_none():
    assert "issue_date" not in parse_zatca(zatca(time="2022-04-25T22:30:00Z")).values


def test_a_till_s_code_states_total_and_day():
    values = parse_dsfinvk(TILL).values
    assert values == {"currency": "EUR", "total": Decimal("83.32"), "issue_date": date(2019, 7, 10)}


@pytest.mark.parametrize(
    ("ended", "day"),
    [
        ("2019-07-10T18:45:00.000Z", date(2019, 7, 10)),
        ("2019-07-10T22:10:00.000Z", None),  # only the season tells
        ("2019-07-10T23:10:00.000Z", None),  # begun on the day before
    ],
)
def test_a_receipt_over_midnight_states_no_day(ended, day):
    begun, _, rest = TILL.rpartition("2019-07-10T18:41:04.000Z")
    assert parse_dsfinvk(begun + ended + rest).values.get("issue_date") == day


def test_croatia_s_code_states_cents_and_reference():
    assert parse_hub3(HUB3).values == {
        "iban": "HR1210010051863000160",
        "currency": "EUR",
        "amount_due": Decimal("123.55"),
        "payment_reference": "HR01 7269-68949637676-00019",
    }


@pytest.mark.parametrize(
    ("text", "before", "after", "fault"),
    [
        (SWISS, "CH4431999123000889012", "CH4431999123000889021", "IBAN"),
        (SWISS, "CH4431999123000889012", "DE02120300000000202051", "IBAN of CH"),
        (SWISS, "430009017", "430009071", "check digit"),
        (SWISS, "QRR\n210000000003139471430009017", "NON\n", "do not belong together"),
        (SWISS, "\nCHF\n", "\nUSD\n", "currency"),
        (SWISS, "1949.75", "1949,75", "no amount"),
        (SWISS, "EPD\n", "END\n", "its end"),
        (SWISS, "SPC\n0200", "SPC\n0300", "version"),
        (SWISS, "\nS\nMax Muster & Söhne", "\nS\n", "who is paid"),
        (SPAYD, "CZ5855000000001265098001", "CZ5855000000001265098010", "IBAN"),
        (SPAYD, "DT:20261231", "DT:20261331", "no day"),
        (SPAYD, "X-VS:1234567890", "X-VS:12345678901", "symbol"),
        (SPAYD, "*CC:CZK", "*CC:CZK*CC:EUR", "two values"),
        (SPAYD, "*CC:CZK", "*CZK", "no pair"),
        (SPAYD, "ACC:", "ALT-ACC:", "no account"),
        (SPAYD, "SPD*1.0", "SPD*2.0", "version"),
        (PORTUGAL, "A:123456789", "A:123456798", "tax number"),
        (PORTUGAL, "O:513600.58", "O:513060.58", "sums make"),
        (PORTUGAL, "N:64000.02", "N:64001.02", "taxes make"),
        (PORTUGAL, "*E:N", "*E:A", "annulled"),
        (PORTUGAL, "*D:FT", "*D:OR", "no invoice"),
        (PORTUGAL, "*H:CSDF7T5H0035", "", "missing"),
        (PORTUGAL, "*P:100.00", "*Z:100.00", "no field"),
        (TILL, "75.33_7.99", "75.33_7.98", "payments make"),
        (TILL, "Beleg^", "AVTraining^", "no receipt"),
        (TILL, "Kassenbeleg-V1", "Bestellung-V1", "no receipt"),
        (TILL, "_0.00_0.00_0.00^", "_0.00_0.00^", "not five"),
        (TILL, "10.00:Bar", "10.00:Cash", "payments"),
        (TILL, ";18;112;", ";18;", "fields"),
        (TILL, "2019-07-10T18:41:04.000Z", "2019-13-10T18:41:04.000Z", "its time"),
        (HUB3, "HR1210010051863000160", "HR1210010051863000106", "IBAN"),
        (HUB3, "000000000012355", "123.55", "cents"),
        (HUB3, "\nEUR\n", "\nUSD\n", "currency"),
        (HUB3, "HR01", "HRXX", "model"),
        (HUB3, "7269-68949637676-00019", "7269/1", "reference"),
    ],
)  # fmt: skip
def test_a_code_that_breaks_a_rule_gives_nothing_and_says_so(text, before, after, fault):
    # the till's payments hold a foreign one: without it they must make the total
    text = text.replace("_5.00:Bar:CHF_68.32:Unbar", "_73.32:Unbar")
    assert before in text
    named = name_code(Code(text.replace(before, after), "QRCode", 1, Box(0, 0, 1, 1)))
    assert named.taken_for
    assert fault in named.fault


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ({"iban": "DE02120300000000202015"}, "IBAN"),
        ({"amount": "1250.00"}, "not in euro"),
        ({"amount": "EUR0.00"}, "out of bounds"),
        ({"amount": "EUR1.250,00"}, "no amount"),
        ({"reference": "RF18539007547043"}, "creditor reference"),
        ({"message": "invoice 7"}, "only one"),
        ({"version": "003"}, "version"),
        ({"version": "001"}, "BIC"),
        ({"charset": "9"}, "character set"),
        ({"kind": "SDD"}, "no transfer"),
        ({"name": ""}, "who is paid"),
    ],
)
def test_a_transfer_that_breaks_a_rule_gives_nothing(epc, lines, fault):
    with pytest.raises(MalformedCodeError, match=fault):
        parse_epc(epc(**lines))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"number": "110122393500003"}, "VAT number"),
        ({"tax": "1500.00"}, "not less"),
        ({"time": "25.04.2022"}, "its time"),
        ({"total": "1,000.00"}, "no amount"),
    ],
)
def test_a_saudi_code_that_breaks_a_rule_gives_nothing(change, fault):
    with pytest.raises(MalformedCodeError, match=fault):
        parse_zatca(zatca(**change))


@pytest.mark.parametrize("text", [zatca()[:-8], base64.b64encode(b"\x01\x02ab\x02\x01").decode()])
def test_a_saudi_code_that_ends_within_a_value_gives_nothing(text):
    with pytest.raises(MalformedCodeError):
        parse_zatca(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://shop.example/voucher?code=SPD*1.0",
        "WIFI:S:guest;;",
        "BCD is a band",
        "",
        "AQ==",
        "V1;x",
        "A:1*B:2",
        "☂",
    ],
)
def test_other_codes_are_of_no_known_kind(text):
    named = name_code(Code(text, "QRCode", 1, Box(0, 0, 1, 1)))
    assert (named.taken_for, named.fault) == ("", "")


@pytest.mark.parametrize("text", [SWISS, SPAYD, PORTUGAL, zatca(), TILL, HUB3])
def test_a_payload_states_only_what_its_table_says(text):
    (syntax,) = [each for each in SYNTAXES if each.begins(text)]
    assert set(syntax.parse(text).values) <= set(syntax.fields)


@pytest.mark.parametrize("text", [SWISS, PORTUGAL, zatca(), TILL, HUB3])
def test_a_payload_cut_anywhere_is_refused_or_states_the_same(text):
    """Whatever is left of a code never states another value; SPAYD has no end that could be missed."""
    (syntax,) = [each for each in SYNTAXES if each.begins(text)]
    whole = syntax.parse(text).values
    for end in range(len(text)):
        if syntax.begins(text[:end]):
            try:
                left = syntax.parse(text[:end]).values
            except MalformedCodeError:
                continue
            assert {
                name: left[name] for name in left if name not in {"payment_reference", "invoice_number"}
            }.items() <= whole.items()
