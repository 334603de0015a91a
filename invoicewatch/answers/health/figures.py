"""Figures for monitoring."""

from __future__ import annotations

from pathlib import Path

from invoicewatch.config import Config
from invoicewatch.daemon.health.prometheus import write_metrics
from invoicewatch.daemon.health.state import read_health
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.figures.metrics import read_metrics


def write_figures(config: Config, now_s: float) -> str:
    """The daemon's health and the records' counts, in Prometheus' text format; ``now_s`` in Unix seconds."""
    with open_reader(Path(config.paths.state)) as reader:
        records = read_metrics(reader)
    return write_metrics(read_health(config, now_s), records, now_s)
