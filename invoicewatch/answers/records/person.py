"""Who enters what is entered."""

from __future__ import annotations

import os
import pwd
from collections.abc import Mapping
from datetime import UTC, datetime

from invoicewatch.store.database.deed import Doer


def find_person(env: Mapping[str, str]) -> str:
    """Who is at the keyboard: the one who called sudo, else the process's user."""
    if env.get("SUDO_USER"):
        return env["SUDO_USER"]
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def find_doer(env: Mapping[str, str]) -> Doer:
    """Who does something now, at the keyboard."""
    return Doer(find_person(env), datetime.now(UTC))
