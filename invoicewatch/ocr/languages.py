"""Which languages are read, and whether their data is there."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from invoicewatch.config.settings import OcrSettings


def check_languages(settings: OcrSettings) -> None:
    """Make sure that Tesseract can read every language that the settings name.

    Raises:
        DependencyError: Tesseract or a language's data is missing; the remedy names the Debian package.
    """
    from invoicewatch.ocr import tesseract_program

    require_languages(settings.languages, tesseract_program.list_languages())


def require_languages(wanted: Sequence[str], installed: Collection[str]) -> None:
    """Raise DependencyError for the first of ``wanted`` that is not ``installed``."""
    from invoicewatch.ocr.tesseract_program import missing_data

    for language in wanted:
        if language not in installed:
            raise missing_data(language)
