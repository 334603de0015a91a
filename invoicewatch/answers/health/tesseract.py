"""Whether the first reader is there, with the languages in use."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from invoicewatch.answers.health.check import Check, Verdict, report_broken
from invoicewatch.config import Config
from invoicewatch.errors import DependencyError


def check_tesseract(config: Config) -> Iterator[Check]:
    """The program, the data of every language in use, and what data would read the languages of labels better."""
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
    yield check_label_languages(config, installed)


def check_label_languages(config: Config, installed: Collection[str]) -> Check:
    """Which languages that labels are known in Tesseract would read better with data of their own. Never a fault.

    Any Latin data reads their words, but guesses at letters that it does not have.

    Args:
        config: Its ``[ocr] languages`` are those in use.
        installed: Tesseract's names of the languages whose data is there.
    """
    from invoicewatch.extract.labels.load import load_languages
    from invoicewatch.ocr.tesseract.languages import AUTO
    from invoicewatch.ocr.tesseract.program import name_package

    used = set(installed if AUTO in config.ocr.languages else config.ocr.languages)
    named = {each.tesseract: each.name for each in load_languages()}
    idle = [f"{name} ({data})" for data, name in named.items() if data in installed and data not in used]
    absent = [f"{name} ({name_package(data)})" for data, name in named.items() if data not in installed]
    parts = [f"labels in {len(named)} languages"]
    if idle:
        parts.append(f"installed, and read better once in languages of [ocr]: {', '.join(idle)}")
    if absent:
        parts.append(f"read better with a package: {', '.join(absent)}")
    return Check("languages of labels", Verdict.OK, "; ".join(parts))
