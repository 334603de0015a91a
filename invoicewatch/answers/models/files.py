"""The model that a person means: found, checked, and put to use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from invoicewatch.config.settings import ModelSettings
from invoicewatch.errors import ConfigError, DependencyError
from invoicewatch.records.contract.model import SpeedJson

if TYPE_CHECKING:
    from invoicewatch.model.measure import Speed


@dataclass(frozen=True, slots=True)
class Verified:
    """A model that answers: its sha256, the one that was expected (None: not known), and its speed."""

    sha256: str
    expected: str | None
    speed: Speed


@dataclass(frozen=True, slots=True)
class Fetched:
    """Where a model was put, and whether it is the one in use."""

    path: Path
    in_use: bool


def find_model(file: Path | None, settings: ModelSettings) -> Path:
    """The file that is meant: as given, else by that name in the models folder; None means the one in use.

    Raises:
        DependencyError: There is no such file.
    """
    used = Path(settings.path)
    path = used if file is None else file if file.is_file() else used.parent / file
    if not path.is_file():
        raise DependencyError(
            f"there is no model at {path}", remedy="Run 'invoicewatch model fetch' or 'invoicewatch model list'."
        )
    return path


def fetch_model(settings: ModelSettings) -> Fetched:
    """Get the default model into the models folder; with ``allow_auto_download`` the hub's that is configured.

    Raises:
        DependencyError: It cannot be had, or is not what was expected.
    """
    from invoicewatch.model.fetch import fetch_default, fetch_from_hub
    from invoicewatch.model.files import save_sha256

    folder = Path(settings.path).parent
    if settings.allow_auto_download:
        path = fetch_from_hub(settings, folder)
        save_sha256(path)
    else:
        path = fetch_default(folder)
    return Fetched(path, path == Path(settings.path))


def verify_model(path: Path, settings: ModelSettings) -> Verified:
    """Compare a model with its expected sha256, load it and let it answer.

    Raises:
        DependencyError: It is another file than is expected of its name, or does not load.
    """
    from invoicewatch.model.files import find_expected_sha256, measure_sha256
    from invoicewatch.model.measure import measure_speed

    digest, expected = measure_sha256(path), find_expected_sha256(path)
    if expected is not None and digest != expected:
        raise DependencyError(
            f"{path} is damaged or another file: its sha256 is {digest}, not {expected}",
            remedy="Delete it and run 'invoicewatch model fetch'.",
            code="model_sha256",
        )
    return Verified(digest, expected, measure_speed(settings, path))


def use_model(path: Path, config_file: Path, context_size: int) -> None:
    """Write the choice of a model into a configuration file.

    Raises:
        ConfigError: The file cannot be written.
        DependencyError: The model does not fit into this machine's memory.
    """
    from invoicewatch.config.edit import set_text_value
    from invoicewatch.model.footprint import check_fits

    check_fits(path, context_size)
    try:
        text = set_text_value(config_file.read_text(encoding="utf-8"), "model", "path", str(path))
        config_file.write_text(text, encoding="utf-8")
    except OSError as exc:
        raise ConfigError(f"cannot write {config_file}: {exc.strerror}", remedy="Check its permissions.") from exc


def speed_to_json(speed: Speed) -> SpeedJson:
    """The figures of ``measure_speed``, rounded."""
    return {
        "load_s": round(speed.load_s, 3),
        "read_per_s": round(speed.read_per_s, 1),
        "write_per_s": round(speed.write_per_s, 1),
        "gpu_layers": speed.gpu_layers,
    }
