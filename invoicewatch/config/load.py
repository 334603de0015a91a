"""Find the configuration, layer it, check it, and remember where each value came from.

Layers, later wins: built-in defaults, one file, environment variables. The file is the one that is named, else
``$XDG_CONFIG_HOME/invoicewatch/config.toml``, else ``/etc/invoicewatch/config.toml``. A file that happens to lie in
the current directory is never read: whoever can write to a shared folder could plant one.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from invoicewatch.config.decisive import check_fields
from invoicewatch.config.retired import drop_retired
from invoicewatch.config.settings import Config
from invoicewatch.errors import ConfigError

PREFIX = "INVOICEWATCH_"
SYSTEM_FILE = Path("/etc/invoicewatch/config.toml")
_PATH_KEYS = {("paths", key) for key in ("archive", "set_aside", "duplicates", "state")} | {("model", "path")}


@dataclass(frozen=True, slots=True)
class LoadedConfig:
    """The effective settings; ``origins`` maps ``table.key`` to the file, variable or ``default`` it came from.

    ``warnings`` name what a configuration says that no longer means anything.
    """

    config: Config
    file: Path | None
    origins: Mapping[str, str]
    warnings: tuple[str, ...] = ()


def load_config(named: Path | None = None, env: Mapping[str, str] | None = None) -> LoadedConfig:
    """Load the settings.

    Args:
        named: The file the user named; it must exist.
        env: The environment, ``os.environ`` if None.

    Raises:
        ConfigError: The file is missing or not TOML, a key is unknown, or a value is out of bounds.
    """
    env = os.environ if env is None else env
    file = _find_file(named, env)
    base = file.parent if file else _data_home(env)
    origins = dict.fromkeys(_all_keys(), "default")
    layers = _read_file(file) if file else {}
    warnings = drop_retired(layers, str(file))
    _check(layers, str(file))
    origins |= {f"{t}.{k}": str(file) for t, keys in layers.items() for k in keys}
    for variable, table, key, value in _read_env(env):
        if retired := drop_retired({table: {key: value}}, variable):
            warnings += retired
            continue
        _check({table: {key: value}}, variable, key_hint=f"{table}.{key}")
        layers.setdefault(table, {})[key] = value
        origins[f"{table}.{key}"] = variable
    config = msgspec.convert(layers, Config, strict=False)
    check_fields(config.extract.decisive, origins["extract.decisive"])
    return LoadedConfig(_resolve_paths(config, base), file, origins, tuple(warnings))


def _find_file(named: Path | None, env: Mapping[str, str]) -> Path | None:
    if named is None and env.get(f"{PREFIX}CONFIG"):
        named = Path(env[f"{PREFIX}CONFIG"])
    if named is not None:
        if not named.is_file():
            raise ConfigError(f"no configuration file at {named}", remedy="Name an existing file with --config.")
        return named.resolve()
    home = Path(env.get("XDG_CONFIG_HOME") or Path(env.get("HOME", "~")).expanduser() / ".config")
    return next((f for f in (home / "invoicewatch" / "config.toml", SYSTEM_FILE) if _is_there(f)), None)


def _is_there(file: Path) -> bool:
    """Whether the file exists; one that is there but closed to us must not be passed over for other settings."""
    try:
        return file.is_file()
    except PermissionError as exc:
        raise _unreadable(file, exc) from exc


def _unreadable(file: Path, exc: OSError) -> ConfigError:
    return ConfigError(
        f"cannot read {file}: {exc.strerror}",
        remedy=f"Ask for read access (the group of {file.parent}), or name another file with --config.",
    )


def _data_home(env: Mapping[str, str]) -> Path:
    base = env.get("XDG_DATA_HOME") or Path(env.get("HOME", "~")).expanduser() / ".local" / "share"
    return Path(base) / "invoicewatch"


def _keys(table: str) -> tuple[str, ...]:
    fields = {f.name: f.type for f in msgspec.structs.fields(Config)}
    return tuple(fields[table].__struct_fields__)


def _read_file(file: Path) -> dict[str, dict[str, Any]]:
    try:
        with file.open("rb") as handle:
            return tomllib.load(handle)
    except OSError as exc:
        raise _unreadable(file, exc) from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise ConfigError(f"{file} is not valid TOML: {exc}", remedy="Mend that line.") from exc


def _read_env(env: Mapping[str, str]) -> list[tuple[str, str, str, Any]]:
    found = []
    for variable, text in sorted(env.items()):
        if not variable.startswith(PREFIX) or "__" not in variable:
            continue
        table, _, key = variable.removeprefix(PREFIX).lower().partition("__")
        found.append((variable, table, key, _parse_env(text, _is_list(table, key))))
    return found


def _is_list(table: str, key: str) -> bool:
    default = getattr(getattr(Config(), table, None), key, None)
    return isinstance(default, tuple)


def _parse_env(text: str, is_list: bool) -> Any:
    """A list is a TOML array, or words with commas between them."""
    if not is_list:
        return text
    if text.lstrip().startswith("["):
        try:
            return tomllib.loads(f"value = {text}")["value"]
        except tomllib.TOMLDecodeError:
            return text
    return [part.strip() for part in text.split(",") if part.strip()]


def _check(layers: Mapping[str, Any], origin: str, key_hint: str = "") -> None:
    try:
        msgspec.convert(layers, Config, strict=not key_hint)
    except msgspec.ValidationError as exc:
        raise ConfigError(
            f"{origin}: {_explain(str(exc), key_hint)}", remedy="config.toml explains every key and its values."
        ) from exc


def _explain(text: str, key_hint: str) -> str:
    """Turn msgspec's ``Expected `int` - at `$.ocr.x``` into ``ocr.x: Expected `int```."""
    message, _, path = text.partition(" - at `$")
    where = path.rstrip("`").lstrip(".")
    if message == "Expected `array` of length >= 1":
        message = "name at least one, or leave the key out"
    unknown = re.search(r"unknown field `(.*)`", message)
    if not unknown:
        return f"{where or key_hint}: {message}"
    key = f"{where}.{unknown[1]}" if where else unknown[1]
    close = difflib.get_close_matches(key, _all_keys() if where else Config.__struct_fields__, n=1)
    return f"{key}: unknown {'key' if where else 'table'}" + (f"; did you mean {close[0]}?" if close else "")


def _all_keys() -> list[str]:
    return [f"{table}.{key}" for table in Config.__struct_fields__ for key in _keys(table)]


def _resolve_paths(config: Config, base: Path) -> Config:
    def absolute(path: str) -> str:
        return os.path.normpath(base / Path(path).expanduser())

    paths = msgspec.structs.replace(
        config.paths,
        inboxes=tuple(absolute(inbox) for inbox in config.paths.inboxes),
        **{key: absolute(getattr(config.paths, key)) for table, key in _PATH_KEYS if table == "paths"},
    )
    model = msgspec.structs.replace(config.model, path=absolute(config.model.path))
    named = {key: getattr(config.notify, key) for key in ("prometheus_file", "webhook_secret_file")}
    files = {key: absolute(path) for key, path in named.items() if path}
    notify = msgspec.structs.replace(config.notify, **files)
    einvoice = msgspec.structs.replace(config.einvoice, rules=tuple(absolute(path) for path in config.einvoice.rules))
    tls = {key: absolute(path) for key in ("tls_certificate", "tls_key") if (path := getattr(config.web, key))}
    web = msgspec.structs.replace(config.web, **tls)
    keys = {key: absolute(path) for key in ("ca", "certificate", "key") if (path := getattr(config.cluster, key))}
    cluster = msgspec.structs.replace(config.cluster, **keys)
    return msgspec.structs.replace(
        config, paths=paths, model=model, notify=notify, einvoice=einvoice, web=web, cluster=cluster
    )
