"""Write an export in a process of its own, so that the page's memory stays small and its answers quick.

On its standard input it is given JSON: the values of :func:`write_export`, and the path to write to. (Its arguments
everybody on the machine could read.) An error of ours is JSON on its standard output.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import IO, Any

from invoicewatch.answers.export.formats import Format, export_records
from invoicewatch.answers.find.filters import make_query
from invoicewatch.errors import ConfigError, FatalError, InvoicewatchError, TransientError
from invoicewatch.store.search.filters import Filters
from invoicewatch.web.paper.faults import end_without_words

_TIME_LIMIT_S = 300
_LESS_IMPORTANT = 10


def write_export(state_dir: Path, text: str, today: date, kind: Format, *, most: int, lines: bool) -> IO[bytes]:
    """A file that has no name any more and is gone when it is closed.

    Raises:
        ConfigError: More than ``most`` records are found.
        FatalError: The database or a library is missing, or the process ended.
        TransientError: It took too long.
    """
    with tempfile.TemporaryDirectory(prefix="invoicewatch-export-") as folder:
        path = Path(folder) / f"export.{kind}"
        request = {
            "state_dir": str(state_dir), "text": text, "today": today.isoformat(), "kind": kind, "path": str(path),
            "most": most, "lines": lines,
        }  # fmt: skip
        search_path = os.pathsep.join(entry for entry in sys.path if entry)
        command = [sys.executable, "-P", "-m", __spec__.name]
        try:
            done = subprocess.run(
                command,
                env={**os.environ, "PYTHONPATH": search_path},
                input=json.dumps(request).encode(),
                stdout=subprocess.PIPE,
                timeout=_TIME_LIMIT_S,
                check=False,
            )
        except subprocess.TimeoutExpired as exc:
            raise TransientError("the export took too long", remedy="Narrow the search down.", code="busy") from exc
        if done.stdout:
            raise _understand(done.stdout)
        if done.returncode:
            raise FatalError("the export was not finished", remedy="The log of the page has more.")
        return path.open("rb")


def _understand(output: bytes) -> InvoicewatchError:
    said = json.loads(output)
    kind = ConfigError if said["ours"] else FatalError
    return kind(said["message"], remedy=said["remedy"], code=said["code"])


def main(request: str) -> None:
    """Write what was asked for."""
    os.nice(_LESS_IMPORTANT)
    asked = json.loads(request)
    try:
        with end_without_words():
            _write(asked)
    except InvoicewatchError as exc:
        said = {"message": exc.message, "remedy": exc.remedy, "code": exc.code, "ours": isinstance(exc, ConfigError)}
        sys.stdout.write(json.dumps(said))


def _write(asked: dict[str, Any]) -> None:
    export_records(
        Path(asked["state_dir"]),
        make_query(asked["text"], Filters(), date.fromisoformat(asked["today"])),
        Format(asked["kind"]),
        Path(asked["path"]),
        lines=asked["lines"],
        most=asked["most"],
    )


if __name__ == "__main__":
    main(sys.stdin.read())
