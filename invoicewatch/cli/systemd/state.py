"""How the service is, as systemd sees it."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime

from invoicewatch.cli.systemd import units
from invoicewatch.errors import DependencyError

_PROPERTIES = {
    "load": "LoadState",
    "enabled": "UnitFileState",
    "active": "ActiveState",
    "sub": "SubState",
    "result": "Result",
    "status": "StatusText",
    "pid": "MainPID",
    "restarts": "NRestarts",
    "since": "ActiveEnterTimestamp",
}


@dataclass(frozen=True, slots=True)
class ServiceState:
    """The unit's state; ``pid`` is 0 while it does not run, ``since`` is None where it never ran."""

    load: str
    enabled: str
    active: str
    sub: str
    result: str
    status: str
    pid: int
    restarts: int
    since: datetime | None


def read_state(*, user: bool, unit: str = units.UNIT) -> ServiceState:
    """Ask systemd about a unit.

    Raises:
        DependencyError: systemd does not run here.
    """
    systemctl = ["systemctl", "--user"] if user else ["systemctl"]
    command = [*systemctl, "show", "--timestamp=unix", f"--property={','.join(_PROPERTIES.values())}", unit]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    except FileNotFoundError as exc:
        raise _no_systemd("systemctl is not here") from exc
    if done.returncode != 0:
        raise _no_systemd(" ".join(done.stderr.split()) or f"systemctl ended with {done.returncode}")
    return parse_state(done.stdout)


def parse_state(text: str) -> ServiceState:
    """Parse what ``systemctl show --timestamp=unix`` prints."""
    said = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    values = {name: said.get(asked, "") for name, asked in _PROPERTIES.items()}
    stamp = values.pop("since").removeprefix("@")
    return ServiceState(
        **{name: value for name, value in values.items() if name not in {"pid", "restarts"}},
        pid=int(values["pid"] or 0),
        restarts=int(values["restarts"] or 0),
        since=datetime.fromtimestamp(int(stamp), UTC) if stamp.isdigit() and int(stamp) else None,
    )


def _no_systemd(reason: str) -> DependencyError:
    return DependencyError(
        f"systemd does not answer: {reason}", remedy="Without systemd, `invoicewatch status` tells how the daemon is."
    )
