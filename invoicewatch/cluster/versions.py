"""What decides how a machine's records come out: versions, languages, the model, and the settings that go along."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from invoicewatch import __version__
from invoicewatch.config import Config
from invoicewatch.config.settings import (
    CorrectSettings,
    EInvoiceSettings,
    ExtractSettings,
    ModelSettings,
    OcrSettings,
    OfficeSettings,
    PageSettings,
)
from invoicewatch.errors import DependencyError
from invoicewatch.ocr.tesseract.program import find_version, list_languages

_TABLES = ("pages", "ocr", "model", "correct", "extract", "einvoice", "office")
_OF_THE_MACHINE = ("path", "allow_auto_download", "gpu_layers", "threads")  # of [model]
_PROBE = 1 << 20  # bytes of a model's beginning and end


class Settings(msgspec.Struct, frozen=True):
    """The head's settings that decide a record; the machine's own say where its files are and what it can bear."""

    pages: PageSettings
    ocr: OcrSettings
    model: ModelSettings
    correct: CorrectSettings
    extract: ExtractSettings
    einvoice: EInvoiceSettings
    office: OfficeSettings
    timeout_s: float

    def apply(self, config: Config) -> Config:
        """A machine's configuration with these in place of its own."""
        tables = {name: getattr(self, name) for name in _TABLES}
        kept = {name: getattr(config.model, name) for name in _OF_THE_MACHINE}
        tables["model"] = msgspec.structs.replace(self.model, **kept)
        tables["einvoice"] = msgspec.structs.replace(self.einvoice, rules=config.einvoice.rules)
        tables["workers"] = msgspec.structs.replace(config.workers, timeout_s=self.timeout_s)
        return msgspec.structs.replace(config, **tables)


def write_settings(config: Config) -> bytes:
    """The settings that go with every document; no secret and no folder is among them."""
    settings = Settings(**{name: getattr(config, name) for name in _TABLES}, timeout_s=config.workers.timeout_s)
    return msgspec.msgpack.encode(settings)


def read_settings(content: bytes) -> Settings:
    """What ``write_settings`` wrote. Raises msgspec.DecodeError."""
    return msgspec.msgpack.decode(content, type=Settings)


def find_versions(config: Config) -> dict[str, str]:
    """What this machine would read with."""
    try:
        tesseract, languages = find_version(), "+".join(list_languages())
    except DependencyError:
        tesseract, languages = "missing", ""
    return {
        "invoicewatch": __version__,
        "tesseract": tesseract,
        "languages": languages,
        "model": _name_model(Path(config.model.path)),
    }


def list_differences(here: Mapping[str, str], there: Mapping[str, str], config: Config) -> list[str]:
    """What a machine has otherwise, in words; languages beyond those that are asked for count for nothing."""
    told = [(name, here.get(name, ""), there.get(name, "")) for name in here if name != "languages"]
    differences = [f"{name} {other or 'unknown'} instead of {own}" for name, own, other in told if own != other]
    wanted = here["languages"].split("+") if "auto" in config.ocr.languages else config.ocr.languages
    missing = sorted(set(wanted) - set(there.get("languages", "").split("+")))
    return differences + ([f"no language data for {', '.join(missing)}"] if missing else [])


def _name_model(file: Path) -> str:
    """Its name with a hash of its size, beginning and end: gigabytes are not read for this."""
    try:
        with file.open("rb") as handle:
            size = file.stat().st_size
            digest = hashlib.sha256(size.to_bytes(8) + handle.read(_PROBE))
            handle.seek(max(0, size - _PROBE))
            digest.update(handle.read(_PROBE))
    except OSError:
        return "none"
    return f"{file.name} {digest.hexdigest()[:12]}"
