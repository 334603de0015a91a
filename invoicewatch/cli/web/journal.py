"""Secrets are shown to whoever runs a command, and never to the journal of a service, which others read."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from invoicewatch.errors import ConfigError


def refuse_journal(env: Mapping[str, str]) -> None:
    """See that what is printed is not kept in the journal. Raises ConfigError."""
    if is_journal(env):
        raise ConfigError(
            "a secret would be written to the journal", remedy="Run this command on a terminal.", code="journal"
        )


def is_journal(env: Mapping[str, str]) -> bool:
    """Whether standard output is what systemd connected with its journal, or a service's and no terminal."""
    if os.isatty(sys.stdout.fileno()):
        return False
    status = os.fstat(sys.stdout.fileno())
    return env.get("JOURNAL_STREAM") == f"{status.st_dev}:{status.st_ino}" or "INVOCATION_ID" in env
