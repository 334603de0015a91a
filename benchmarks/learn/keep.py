"""Reads documents by the whole road and keeps their readings, so that fields can be found again in a moment.

    python -m benchmarks.learn.keep OUT FOLDER [FOLDER ...]

For each FOLDER a folder of its name in OUT, in it a pickle a document with what extraction saw last. A document whose
pickle is there is not read again; take OUT away when readings change.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from invoicewatch.config import Config, load_config
from invoicewatch.errors import InvoicewatchError
from invoicewatch.pipeline import Evidence, Tools, process
from invoicewatch.records import Memory, Reading
from invoicewatch.wiring import build_tools
from invoicewatch.workers.inputs import read_document

NOT_DOCUMENTS = frozenset({"README.txt", "truth.jsonl"})


class KeepingTools:
    """The tools of the road, remembering what the judge was shown."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self.seen: list[tuple[tuple[Reading, ...], Mapping[str, bytes]]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tools, name)

    def judge(self, fields: Any, evidence: Evidence, today: date) -> Any:
        """Judge as ever, and keep the readings."""
        self.seen.append((evidence.readings, evidence.attachments))
        return self._tools.judge(fields, evidence, today)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--processes", type=int, default=2)
    args = parser.parse_args()
    jobs = [
        (file, args.out / folder.name / f"{file.name}.pickle")
        for folder in args.folders
        for file in sorted(folder.iterdir())
        if file.is_file() and file.name not in NOT_DOCUMENTS
    ]
    waiting = [job for job in jobs if not job[1].exists()]
    print(f"{len(jobs)} documents, {len(waiting)} to read", flush=True)
    with ProcessPoolExecutor(args.processes) as pool:
        for n, problem in enumerate(pool.map(_keep, waiting), start=1):
            if problem:
                print(problem, flush=True)
            if sys.stdout.isatty() and (n % 10 == 0 or n == len(waiting)):
                print(f"  {n} of {len(waiting)}", flush=True)
    return 0


def _keep(job: tuple[Path, Path]) -> str:
    """Read one document; returns what went wrong, or nothing."""
    file, out = job
    tools = KeepingTools(_build())
    try:
        process(read_document(file, sys.maxsize), tools, Memory(), date.today())  # noqa: DTZ011 - a day is enough
    except InvoicewatchError as exc:
        return f"{file}: {exc}"
    readings, attachments = tools.seen[-1]
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=out.parent, delete=False) as whole:
        pickle.dump({"path": str(file), "enhanced": readings, "attachments": dict(attachments)}, whole)
    Path(whole.name).rename(out)
    return ""


@cache
def _build() -> Tools:
    return build_tools(_without_hurry(load_config().config))


def _without_hurry(config: Config) -> Config:
    """Enough time for correction on however busy a machine, so that readings do not depend on it."""
    return msgspec.structs.replace(config, correct=msgspec.structs.replace(config.correct, budget_s=600.0))


def read_kept(folder: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The kept documents of a folder with their file names."""
    for file in sorted(folder.glob("*.pickle")):
        yield file.name.removesuffix(".pickle"), pickle.loads(file.read_bytes())


if __name__ == "__main__":
    sys.exit(main())
