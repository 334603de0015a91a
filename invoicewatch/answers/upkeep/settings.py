"""The settings in force, as they may be shown to others."""

from __future__ import annotations

from typing import Any

from invoicewatch.config import LoadedConfig
from invoicewatch.records.as_json import make_encodable
from invoicewatch.records.contract.machine import ConfigJson

_SECRET = {"notify.webhook", "notify.apprise"}  # addresses hold passwords and tokens


def config_to_json(loaded: LoadedConfig) -> ConfigJson:
    """The file that was read, and each setting with its value and its origin."""
    return {
        "file": None if loaded.file is None else make_encodable(str(loaded.file)),
        "settings": {key: {"value": value, "origin": origin} for key, value, origin in list_settings(loaded)},
    }


def list_settings(loaded: LoadedConfig) -> list[tuple[str, Any, str]]:
    """``table.key``, value, and origin of every setting, in order; of secret addresses only the scheme."""
    return [
        (name, _plain(name, getattr(getattr(loaded.config, table), key)), loaded.origins[name])
        for table in loaded.config.__struct_fields__
        for key in getattr(loaded.config, table).__struct_fields__
        for name in [f"{table}.{key}"]
    ]


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(name, each) for each in value]
    return f"{value.partition('://')[0]}://..." if name in _SECRET and value else value
