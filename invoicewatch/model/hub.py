"""A model from a Hugging Face hub, by repository and quantization; the parts of a split file come together."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from invoicewatch.config.settings import ModelSettings
from invoicewatch.errors import DependencyError

_SHARD = re.compile(r"-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf$", re.IGNORECASE)
_MEMO = "hub.json"


def fetch_from_hub(settings: ModelSettings, models_dir: Path, endpoint: str | None = None) -> Path:
    """Download the GGUF of ``settings``' repository and quantization; return the file to load (a split one's first).

    Args:
        settings: Names the repository and the quantization (any case).
        models_dir: Where the files go; what was downloaded once is used from here without asking the hub.
        endpoint: The hub's address; None for the library's own default.

    Raises:
        DependencyError: The hub cannot be reached, or holds no such repository, GGUF file or quantization.
    """
    from huggingface_hub import HfApi, hf_hub_download
    from huggingface_hub.errors import HTTPError

    repo_id, quantization = settings.hugging_face_repo_id, settings.hugging_face_quantization
    if local := _find_remembered(models_dir, repo_id, quantization):
        return local
    models_dir.mkdir(parents=True, exist_ok=True)
    try:
        listed = HfApi(endpoint=endpoint).list_repo_files(repo_id)
        chosen = choose_files(listed, quantization, repo_id)
        for name in chosen:
            hf_hub_download(repo_id, name, local_dir=models_dir, endpoint=endpoint)
    except (HTTPError, OSError, ValueError) as exc:  # every error of the library derives from one of these
        reason = next(iter(str(exc).strip().splitlines()), type(exc).__name__)
        raise DependencyError(
            f"cannot download {repo_id} from the hub: {reason}",
            remedy="Check [model] hugging_face_repo_id and the network, or put a GGUF file at [model] path.",
            code="model_download",
        ) from exc
    _remember(models_dir, repo_id, quantization, chosen)
    return models_dir / chosen[0]


def choose_files(listed: Sequence[str], quantization: str, repo_id: str) -> tuple[str, ...]:
    """The files of one model in a repository's listing: one file, or all parts of a split one in order.

    Raises:
        DependencyError: No GGUF file, none of this quantization, or parts of a split one are missing.
    """
    models = [name for name in listed if name.lower().endswith(".gguf") and "mmproj" not in name.lower()]
    if not models:
        raise DependencyError(
            f"{repo_id} holds no GGUF file",
            remedy="Name a repository with GGUF files in [model] hugging_face_repo_id; their names often end in -GGUF.",
            code="model_no_gguf",
        )
    wanted = re.compile(rf"(?<![a-z0-9]){re.escape(quantization)}(?![a-z0-9_])", re.IGNORECASE)
    matching = sorted((name for name in models if wanted.search(name)), key=lambda name: (name.count("/"), name))
    if not matching:
        raise DependencyError(
            f"{repo_id} holds no GGUF file of quantization {quantization!r}; it holds {', '.join(sorted(models)[:12])}",
            remedy="Choose one of these with [model] hugging_face_quantization.",
            code="model_no_quantization",
        )
    single = [name for name in matching if not _SHARD.search(name)]
    return (single[0],) if single else _collect_parts(matching, repo_id)


def _collect_parts(matching: Sequence[str], repo_id: str) -> tuple[str, ...]:
    first = matching[0]
    stem = _SHARD.sub("", first)
    count = int(_SHARD.search(first)["count"])  # type: ignore[index]  # only split files come here
    suffix = first[-len(".gguf") :]
    parts = tuple(f"{stem}-{number:05d}-of-{count:05d}{suffix}" for number in range(1, count + 1))
    absent = [part for part in parts if part not in matching]
    if absent:
        raise DependencyError(
            f"{repo_id} lacks {', '.join(absent)}",
            remedy="Choose another quantization with [model] hugging_face_quantization.",
            code="model_incomplete",
        )
    return parts


def _key(repo_id: str, quantization: str) -> str:
    return f"{repo_id} {quantization.lower()}"


def _read_memo(models_dir: Path) -> dict[str, list[str]]:
    """Which files earlier downloads brought; an unreadable memo only costs a question to the hub."""
    try:
        memo = json.loads((models_dir / _MEMO).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return memo if isinstance(memo, dict) else {}


def _find_remembered(models_dir: Path, repo_id: str, quantization: str) -> Path | None:
    names = _read_memo(models_dir).get(_key(repo_id, quantization), [])
    paths = [models_dir / name for name in names]
    return paths[0] if paths and all(path.is_file() for path in paths) else None


def _remember(models_dir: Path, repo_id: str, quantization: str, names: Sequence[str]) -> None:
    memo = _read_memo(models_dir) | {_key(repo_id, quantization): list(names)}
    scratch = models_dir / f".{_MEMO}.part"
    scratch.write_text(json.dumps(memo, indent=2) + "\n", encoding="utf-8")
    scratch.replace(models_dir / _MEMO)
