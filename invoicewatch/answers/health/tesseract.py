"""Whether the first reader is there, with the languages in use."""

from __future__ import annotations

from collections.abc import Iterator

from invoicewatch.answers.health.check import Check, Verdict, report_broken
from invoicewatch.config import Config
from invoicewatch.errors import DependencyError


def check_tesseract(config: Config) -> Iterator[Check]:
    """The program, and the data of every language in use."""
    from invoicewatch.ocr.tesseract.languages import require_languages
    from invoicewatch.ocr.tesseract.program import find_version, list_languages

    try:
        version, installed = find_version(), list_languages()
    except DependencyError as exc:
        yield report_broken("Tesseract", exc)
        return
    yield Check("Tesseract", Verdict.OK, f"version {version}")
    for language in config.ocr.languages:
        try:
            require_languages((language,), installed)
        except DependencyError as exc:
            yield report_broken(f"language {language}", exc)
        else:
            yield Check(f"language {language}", Verdict.OK, "installed")
