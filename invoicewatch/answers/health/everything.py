"""All checks, the quick ones first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from invoicewatch.answers.health.check import Check
from invoicewatch.answers.health.database import check_database
from invoicewatch.answers.health.einvoices import check_einvoice_rules
from invoicewatch.answers.health.folders import check_disk, check_folders
from invoicewatch.answers.health.model import check_model
from invoicewatch.answers.health.office import check_office
from invoicewatch.answers.health.promise import check_promise
from invoicewatch.answers.health.second_engine import check_second_opinion
from invoicewatch.answers.health.tesseract import check_tesseract
from invoicewatch.config import Config
from invoicewatch.intake.mounts import read_mounts


def look_at_everything(config: Config) -> Iterator[Check]:
    """Each check as soon as it is done; the model's takes seconds, for it is loaded and must decode."""
    yield from check_folders(config, read_mounts())
    yield from check_disk(config)
    yield check_database(Path(config.paths.state))
    yield check_office(config)
    yield from check_tesseract(config)
    yield check_second_opinion(config.ocr)
    yield from check_einvoice_rules(config.einvoice)
    yield check_promise(config)
    yield check_model(config)
