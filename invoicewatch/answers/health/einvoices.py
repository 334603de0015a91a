"""Whether what checks e-invoices is there and checks, and whether the rules that are named are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from xml.etree.ElementTree import Element

from invoicewatch.answers.health.check import Check, Verdict
from invoicewatch.config.settings import EInvoiceSettings
from invoicewatch.records import Validity

_NAME = "e-invoice rules"
_EMPTY = Element("{urn:oasis:names:specification:ubl:schema:xsd:Invoice-2}Invoice")


def check_einvoice_rules(settings: EInvoiceSettings) -> Iterator[Check]:
    """Let it find an empty invoice not valid; nothing where e-invoices are not to be checked.

    What is missing is a warning, since documents are read without it.
    """
    from invoicewatch.validation.checker import Checker

    if not settings.validate:
        return
    missing = [path for path in settings.rules if not Path(path).is_file()]
    if missing:
        yield Check(_NAME, Verdict.BROKEN, f"[einvoice] rules: there is no file {missing[0]}", "Mend the path.")
        return
    with closing(Checker(settings)) as checker:
        verdict = checker.check(_EMPTY)
    if verdict is not None and verdict.validity is Validity.INVALID:
        yield Check(_NAME, Verdict.OK, f"checked: {verdict.against}")
    else:
        detail = verdict.words if verdict else "no rules are at hand"
        yield Check(
            _NAME, Verdict.WARNING, f"{detail}: no e-invoice is checked", "Or set `[einvoice] validate = false`."
        )
