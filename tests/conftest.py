"""Rules for the whole suite."""

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

# Where everything is installed a skip means that something was not tested, so continuous integration sets this.
NO_SKIPS = os.environ.get("INVOICEWATCH_CI") == "1"
# No example is timed: how long one takes says nothing while other tests run beside it, and all are measured.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one under INVOICEWATCH_CI=1."""
    report = yield
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be: {_reason(report.longrepr)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a skipped file into an error under INVOICEWATCH_CI=1."""
    report = yield
    if NO_SKIPS and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be: {_reason(report.longrepr)}"
    return report


def _reason(longrepr: object) -> str:
    """Pytest keeps a skip as (file, line, reason)."""
    text = str(longrepr[2]) if isinstance(longrepr, tuple) else str(longrepr)
    return text.removeprefix("Skipped: ")
