"""The settings: what they are (``settings``), and where they come from (``load``)."""

from invoicewatch.config.load import LoadedConfig, load_config
from invoicewatch.config.settings import (
    Config,
    CorrectSettings,
    ExtractSettings,
    IntakeSettings,
    LogSettings,
    ModelSettings,
    NotifySettings,
    OcrSettings,
    OfficeSettings,
    PageSettings,
    PathSettings,
    RetentionSettings,
    WorkerSettings,
)

__all__ = [
    "Config",
    "CorrectSettings",
    "ExtractSettings",
    "IntakeSettings",
    "LoadedConfig",
    "LogSettings",
    "ModelSettings",
    "NotifySettings",
    "OcrSettings",
    "OfficeSettings",
    "PageSettings",
    "PathSettings",
    "RetentionSettings",
    "WorkerSettings",
    "load_config",
]
