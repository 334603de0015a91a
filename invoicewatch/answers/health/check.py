"""One thing that was looked at, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from invoicewatch.errors import InvoicewatchError
from invoicewatch.records.as_json import make_encodable
from invoicewatch.records.contract.machine import CheckJson


class Verdict(StrEnum):
    """What a check found."""

    OK = "ok"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what it is, how it stands, what to do. ``exit_code`` counts where it is broken."""

    name: str
    verdict: Verdict
    detail: str
    remedy: str = ""
    exit_code: int = 2


def report_broken(name: str, exc: InvoicewatchError) -> Check:
    """The check that ended with an error."""
    return Check(name, Verdict.BROKEN, exc.message, exc.remedy, exc.exit_code)


def check_to_json(check: Check) -> CheckJson:
    """What was looked at, the verdict, the details, the remedy."""
    return {
        "name": make_encodable(check.name),
        "verdict": str(check.verdict),
        "detail": make_encodable(check.detail),
        "remedy": make_encodable(check.remedy),
    }
