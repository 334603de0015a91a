"""Figures in Prometheus' text format, for a textfile collector or anything that scrapes a command.

Format: https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from invoicewatch.daemon.health.state import Health
from invoicewatch.store.figures.metrics import RecordMetrics

Sample = tuple[Mapping[str, str], float]


def write_metrics(health: Health, records: RecordMetrics, now_s: float) -> str:
    """All figures as text, one sample a line."""
    oldest_s = 0.0 if health.oldest is None else max(0.0, now_s - health.oldest.seen_s)
    families: list[tuple[str, str, Iterable[Sample]]] = [
        ("documents", "Recorded documents by status.", _by("status", records.by_status)),
        ("files", "Files in the ledger by state.", _by("state", health.states)),
        ("backlog_oldest_seconds", "Age of the file that waits longest, 0 if none waits.", [({}, oldest_s)]),
        ("stage_seconds", "Mean seconds a document, of the latest runs.", _by("stage", records.stage_seconds)),
        ("recorded_last_hour", "Documents recorded within the last hour.", [({}, health.recorded_last_hour)]),
        ("workers_busy", "Workers that read a document now.", [({}, health.busy)]),
        ("daemon_up", "1 if the daemon runs.", [({}, float(health.pid is not None))]),
        ("healthy", "1 if nothing needs a person.", [({}, float(health.healthy))]),
        ("model_state", "1, labelled with the state of the model.", [({"state": health.model or "unknown"}, 1.0)]),
    ]
    if records.last_recorded_s is not None:
        stamp: list[Sample] = [({}, records.last_recorded_s)]
        families.append(("last_recorded_timestamp_seconds", "When a document was last recorded.", stamp))
    return "".join(_write_family(*family) for family in families)


def _by(label: str, values: Mapping[str, float]) -> list[Sample]:
    return [({label: name}, value) for name, value in sorted(values.items())]


def _write_family(name: str, text: str, samples: Iterable[Sample]) -> str:
    full = f"invoicewatch_{name}"
    lines = [f"# HELP {full} {text}", f"# TYPE {full} gauge"]
    lines += [f"{full}{_labels(labels)} {value:.10g}" for labels, value in samples]
    return "\n".join(lines) + "\n"


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    escaped = (f'{key}="{_escape(value)}"' for key, value in labels.items())
    return "{" + ",".join(escaped) + "}"


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
