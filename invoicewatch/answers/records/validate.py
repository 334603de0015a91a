"""Is an e-invoice valid? Asked of a file, or of the original of a record."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from invoicewatch.answers.records.find import find_original, read_attachments, read_invoice
from invoicewatch.config import Config
from invoicewatch.errors import ConfigError, DependencyError, DocumentError
from invoicewatch.records import Validation, Validity

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def validate_named(config: Config, name: str) -> list[tuple[int, Validation]]:
    """The verdict on each invoice of a file, or on a record's, with its number in the file from 1.

    Raises:
        ConfigError: There is neither such a file nor such a record.
        DocumentError: It holds no e-invoice, or none in a format whose rules are at hand; or it cannot be opened.
        DependencyError: What checks is not installed.
    """
    from invoicewatch.validation.checker import Checker

    with closing(Checker(config.einvoice)) as checker:
        verdicts = [(number, checker.check(invoice)) for number, invoice in _list_invoices(config, name)]
    found = [(number, verdict) for number, verdict in verdicts if verdict is not None]
    if not found:
        raise DocumentError(
            f"{'record ' * name.isdecimal()}{name} holds no e-invoice in UBL or CII",
            remedy="Only their rules are at hand.",
            code="no_rules",
        )
    if all(verdict.validity is Validity.NOT_CHECKED and not verdict.against for _, verdict in found):
        raise DependencyError(found[0][1].detail, remedy="Install it.", code="no_validator")
    return found


def _list_invoices(config: Config, name: str) -> list[tuple[int, Element]]:
    from invoicewatch.extract.einvoice.extractor import find_einvoice

    path, number = _find_file(config, name)
    attachments = read_attachments(config, path, path.read_bytes())
    found = []
    for each in [number] if number else range(1, config.pages.max_pages):
        invoice = find_einvoice(attachments, config.extract, each)
        if invoice is None:
            break
        found.append((each, invoice.element))
    return found


def _find_file(config: Config, name: str) -> tuple[Path, int]:
    """The file, and which invoice in it is meant; 0 for all."""
    if Path(name).is_file():
        return Path(name), 0
    if not name.isdecimal():
        raise ConfigError(f"there is no file {name}", remedy="Name a file, or the ID of a record.")
    stored = read_invoice(Path(config.paths.state), name)
    original = find_original(stored)
    if original is None:
        raise ConfigError(f"the original of {name} is not there", remedy="Name the file.", code="missing")
    return original, stored.machine.part_number or 1
