"""Czechia's payment code (QR Platba).

Source: Czech Banking Association, standard no. 26, 'Formát pro sdílení platebních údajů v rámci tuzemského platebního
styku v CZK prostřednictvím QR kódů', Short Payment Descriptor 1.0: ``SPD*1.0*`` and pairs of key and value between
asterisks, values percent-encoded, a CRC-32 (IEEE 802.3) over the pairs in order of their keys where one is given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote
from zlib import crc32

from invoicewatch.extract.codes.payloads.checks import parse_account, parse_amount, parse_day, require
from invoicewatch.extract.codes.payloads.record import MalformedCodeError, Payload, Syntax
from invoicewatch.records import FieldValue

_HEAD = re.compile(r"SPD\*1\.\d\*")
_KEY = re.compile(r"[A-Z0-9-]+")
_VARIABLE_SYMBOL = re.compile(r"\d{1,10}")
_REFERENCE = re.compile(r"\d{1,16}")


def parse_spayd(text: str) -> Payload:
    """The account, the amount, its currency, the day it is due and the variable symbol (or the payer's reference).

    Raises:
        MalformedCodeError: A pair is not what the standard asks for, or check digits do not hold.
    """
    head = _HEAD.match(text)
    require(head is not None, "its version is none that is known")
    pairs = [pair for pair in text.strip().split("*")[2:] if pair]
    found = _read_pairs(pairs)
    _check_sum(text, pairs, found.get("CRC32", ""))
    require("ACC" in found, "it names no account")
    account = parse_account(found["ACC"].split("+")[0])
    currency = found.get("CC", "CZK")
    require(re.fullmatch(r"[A-Z]{3}", currency) is not None, f"its currency {currency!r} is none")
    values: dict[str, FieldValue] = {"iban": account, "currency": currency}
    if found.get("AM"):
        values["amount_due"] = parse_amount(found["AM"])
    if found.get("DT"):
        values["due_date"] = parse_day(found["DT"], "due date")
    if reference := _find_reference(found):
        values["payment_reference"] = reference
    return Payload(values)


def _read_pairs(pairs: list[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for pair in pairs:
        key, colon, value = pair.partition(":")
        if not colon or not _KEY.fullmatch(key):
            raise MalformedCodeError(f"{pair!r} is no pair of key and value")
        require(key not in found, f"it has two values for {key}")
        found[key] = unquote(value).strip()
    return found


def _check_sum(text: str, pairs: list[str], stated: str) -> None:
    """The checksum is over the pairs as they stand, in order, without itself."""
    if not stated:
        return
    version = text.split("*", 2)[1]
    canonical = "*".join(["SPD", version, *sorted(pair for pair in pairs if not pair.startswith("CRC32:"))])
    require(f"{crc32(canonical.encode()):08X}" == stated.upper(), "its checksum does not hold")


def _find_reference(found: Mapping[str, str]) -> str:
    symbol, reference = found.get("X-VS", ""), found.get("RF", "")
    require(not symbol or _VARIABLE_SYMBOL.fullmatch(symbol) is not None, f"its variable symbol {symbol!r} is none")
    require(not reference or _REFERENCE.fullmatch(reference) is not None, f"its reference {reference!r} is none")
    return symbol or reference


SPAYD = Syntax(
    name="SPAYD",
    begins=lambda text: text.startswith("SPD*"),
    parse=parse_spayd,
    asks_for_money=True,
    fields={
        "amount_due": "`AM`",
        "currency": "`CC`, CZK where it is left out",
        "iban": "`ACC`, before the `+`",
        "payment_reference": "`X-VS`, else `RF`",
        "due_date": "`DT`",
    },
)
