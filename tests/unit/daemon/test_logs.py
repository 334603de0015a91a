"""Logs: one line an event, whatever a file is called."""

import io
import json
import sys

import pytest
import structlog

from invoicewatch.config.settings import LogSettings
from invoicewatch.daemon.logs import set_up_logging


@pytest.fixture
def log(monkeypatch):
    def record(settings, env=None):
        stream = io.StringIO()
        monkeypatch.setattr(sys, "stderr", stream)
        set_up_logging(settings, env or {})
        structlog.get_logger().info("recorded", file="/inbox/M\udcfcller\n2.pdf", record=7)
        structlog.get_logger().debug("not shown")
        return stream.getvalue()

    yield record
    structlog.reset_defaults()


def test_elsewhere_than_on_a_terminal_an_event_is_one_line_of_fields(log):
    (line,) = log(LogSettings()).splitlines()
    assert line.startswith("level=info event=recorded file=")
    assert "record=7" in line
    assert "timestamp=" in line


def test_the_journal_stamps_its_lines_itself(log):
    assert "timestamp=" not in log(LogSettings(), {"JOURNAL_STREAM": "8:123"})


def test_json_is_json(log):
    assert json.loads(log(LogSettings(format="json")))["record"] == 7


def test_the_level_is_a_setting(log):
    assert "not shown" in log(LogSettings(level="debug"))
