"""Payloads of codes, invented: for each kind the text, the error correction it asks for, and its size on paper."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from stdnum.iso7064 import mod_97_10

_NAMES = (
    "Lindenhof Papier GmbH",
    "Atelier Rosenkranz",
    "Metalna Radionica d.o.o.",
    "Kovářství Holub",
    "Müller & Söhne",
)
_BANKS = {"DE": "37040044", "AT": "20111", "CH": "00762", "CZ": "08000000", "HR": "1001005"}
_ACCOUNT_DIGITS = {"DE": 10, "AT": 11, "CH": 12, "CZ": 12, "HR": 10}
_CARRY = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)


@dataclass(frozen=True, slots=True)
class Made:
    """One code: its kind, what it says, how it is printed, and the values that it states."""

    kind: str
    text: str
    error: str
    side_mm: float
    values: dict[str, str]


def make_payload(kind: str, rng: Random) -> Made:
    """A payload of ``kind``, one of ``KINDS``."""
    return KINDS[kind](rng)


def make_iban(country: str, rng: Random) -> str:
    """An account that may exist: its check digits hold."""
    digits = "".join(str(rng.randrange(10)) for _ in range(_ACCOUNT_DIGITS[country]))
    bban = _BANKS[country] + digits
    return f"{country}{mod_97_10.calc_check_digits(bban + country)}{bban}"


def _make_amount(rng: Random) -> Decimal:
    return Decimal(rng.randrange(500, 2_000_000)).scaleb(-2)


def _make_day(rng: Random) -> date:
    return date(2021, 1, 1) + timedelta(days=rng.randrange(1700))


def _make_reference(rng: Random) -> str:
    body = "".join(str(rng.randrange(10)) for _ in range(12))
    return f"RF{mod_97_10.calc_check_digits(body + 'RF')}{body}"


def _make_epc(rng: Random) -> Made:
    iban, amount = make_iban(rng.choice(("DE", "AT")), rng), _make_amount(rng)
    structured = rng.choice((True, False))
    reference = _make_reference(rng) if structured else f"Rechnung {rng.randrange(10**6)}"
    remittance = (reference, "") if structured else ("", reference)
    lines = ["BCD", "002", "1", "SCT", "", rng.choice(_NAMES), iban, f"EUR{amount}", "", *remittance, ""]
    values = {"iban": iban, "amount_due": str(amount), "payment_reference": reference, "currency": "EUR"}
    return Made("epc", "\n".join(lines), "m", 30.0, values)


def _make_swiss(rng: Random) -> Made:
    amount, currency = _make_amount(rng), rng.choice(("CHF", "EUR"))
    body = "".join(str(rng.randrange(10)) for _ in range(26))
    carry = 0
    for digit in body:
        carry = _CARRY[(carry + int(digit)) % 10]
    reference = f"{body}{(10 - carry) % 10}"
    bban = f"3{rng.randrange(0, 2000):04d}" + "".join(str(rng.randrange(10)) for _ in range(12))
    iban = f"CH{mod_97_10.calc_check_digits(bban + 'CH')}{bban}"
    who = ["S", rng.choice(_NAMES), "Bahnhofstrasse", str(rng.randrange(200)), "8001", "Zürich", "CH"]
    payer = ["S", "Käser Handels AG", "Seeweg", "4", "3600", "Thun", "CH"]
    lines = ["SPC", "0200", "1", iban, *who, *[""] * 7, str(amount), currency, *payer, "QRR", reference, "", "EPD"]
    values = {"iban": iban, "amount_due": str(amount), "payment_reference": reference, "currency": currency}
    return Made("swiss", "\n".join(lines), "m", 46.0, values)


def _make_spayd(rng: Random) -> Made:
    iban, amount, due = make_iban("CZ", rng), _make_amount(rng), _make_day(rng)
    symbol = str(rng.randrange(10**9))
    text = f"SPD*1.0*ACC:{iban}*AM:{amount}*CC:CZK*DT:{due:%Y%m%d}*MSG:FAKTURA*X-VS:{symbol}"
    values = {"iban": iban, "amount_due": str(amount), "payment_reference": symbol, "currency": "CZK"}
    return Made("spayd", text, "m", 28.0, {**values, "due_date": due.isoformat()})


def _make_portugal(rng: Random) -> Made:
    from stdnum.pt import nif

    base, day = _make_amount(rng), _make_day(rng)
    tax = (base * Decimal("0.23")).quantize(Decimal("0.01"))
    digits = "5" + "".join(str(rng.randrange(10)) for _ in range(7))
    seller = digits + nif.calc_check_digit(digits)
    number = f"FT AB2025/{rng.randrange(1, 9999)}"
    text = (
        f"A:{seller}*B:999999990*C:PT*D:FT*E:N*F:{day:%Y%m%d}*G:{number}*H:CSDF7T5H-{number[-1]}*I1:PT*I7:{base}"
        f"*I8:{tax}*N:{tax}*O:{base + tax}*Q:kLp0*R:9999"
    )
    values = {"seller_vat_id": f"PT{seller}", "issue_date": day.isoformat(), "invoice_number": number}
    return Made("portugal", text, "m", 30.0, {**values, "total": str(base + tax), "tax_total": str(tax)})


def _make_zatca(rng: Random) -> Made:
    net, day = _make_amount(rng), _make_day(rng)
    tax = (net * Decimal("0.15")).quantize(Decimal("0.01"))
    number = "3" + "".join(str(rng.randrange(10)) for _ in range(13)) + "3"
    parts = ("مؤسسة الورق", number, f"{day.isoformat()}T10:30:00Z", str(net + tax), str(tax))
    content = b"".join(bytes([tag, len(part.encode())]) + part.encode() for tag, part in enumerate(parts, 1))
    values = {"seller_vat_id": number, "issue_date": day.isoformat(), "total": str(net + tax), "tax_total": str(tax)}
    return Made("zatca", base64.b64encode(content).decode(), "m", 30.0, values)


def _make_dsfinvk(rng: Random) -> Made:
    high, low = (Decimal(rng.randrange(0, 9000)).scaleb(-2) for _ in range(2))
    day, total = _make_day(rng), high + low
    signature = base64.b64encode(rng.randbytes(64)).decode()
    key = base64.b64encode(rng.randbytes(65)).decode()
    text = (
        f"V0;till-{rng.randrange(100)};Kassenbeleg-V1;Beleg^{high:.2f}_{low:.2f}_0.00_0.00_0.00^{total:.2f}:Unbar;"
        f"{rng.randrange(9999)};{rng.randrange(9999)};{day}T12:10:00.000Z;{day}T12:11:00.000Z;ecdsa-plain-SHA256;unixTime;"
        f"{signature};{key}"
    )
    return Made("dsfinvk", text, "l", 34.0, {"total": f"{total:.2f}", "issue_date": day.isoformat(), "currency": "EUR"})


def _make_hub3(rng: Random) -> Made:
    iban, amount = make_iban("HR", rng), _make_amount(rng)
    reference = f"{rng.randrange(10**6)}-{rng.randrange(10**4)}"
    payer, payee = (
        ["Ana Horvat", "Ilica 1", "10000 Zagreb"],
        ["Metalna Radionica d.o.o.", "Vukovarska 8", "21000 Split"],
    )
    cents = f"{int(amount * 100):015d}"
    lines = ["HRVHUB30", "EUR", cents, *payer, *payee, iban, "HR00", reference, "COST", f"Račun {rng.randrange(999)}"]
    values = {"iban": iban, "amount_due": str(amount), "payment_reference": f"HR00 {reference}", "currency": "EUR"}
    return Made("hub3", "\n".join(lines), "", 58.0, values)


KINDS = {
    "epc": _make_epc,
    "swiss": _make_swiss,
    "spayd": _make_spayd,
    "portugal": _make_portugal,
    "zatca": _make_zatca,
    "dsfinvk": _make_dsfinvk,
    "hub3": _make_hub3,
}
