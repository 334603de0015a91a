"""Every payload that is read, and what a document's codes are taken for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from invoicewatch.extract.codes.payloads.dsfinvk import DSFINVK
from invoicewatch.extract.codes.payloads.epc import EPC
from invoicewatch.extract.codes.payloads.hub3 import HUB3
from invoicewatch.extract.codes.payloads.portugal import PORTUGAL
from invoicewatch.extract.codes.payloads.record import MalformedCodeError, Payload, Syntax
from invoicewatch.extract.codes.payloads.spayd import SPAYD
from invoicewatch.extract.codes.payloads.swiss_qr import SWISS_QR
from invoicewatch.extract.codes.payloads.zatca import ZATCA
from invoicewatch.records import Code

SYNTAXES: tuple[Syntax, ...] = (SWISS_QR, EPC, SPAYD, HUB3, PORTUGAL, ZATCA, DSFINVK)


@dataclass(frozen=True, slots=True)
class ReadCode:
    """A code whose payload was read and holds."""

    code: Code
    syntax: Syntax
    payload: Payload


def find_syntax(code: Code) -> Syntax | None:
    """Which kind of payload a code means to be; None for a web address, a voucher, and whatever else there is."""
    return next((syntax for syntax in SYNTAXES if syntax.begins(code.text)), None)


def name_code(code: Code) -> Code:
    """The code with what it was taken for, and why nothing is taken from it where its checks fail."""
    syntax = find_syntax(code)
    if syntax is None:
        return code
    try:
        syntax.parse(code.text)
    except MalformedCodeError as exc:
        return replace(code, taken_for=syntax.name, fault=str(exc))
    return replace(code, taken_for=syntax.name)


def iterate_read(codes: Iterable[Code]) -> Iterator[ReadCode]:
    """The codes whose payloads are known and hold, in order."""
    for code in codes:
        syntax = find_syntax(code)
        if syntax is None:
            continue
        try:
            yield ReadCode(code, syntax, syntax.parse(code.text))
        except MalformedCodeError:
            continue  # name_code says why
