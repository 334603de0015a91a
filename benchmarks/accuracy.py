#!/usr/bin/env python3
"""How right the program is on a folder of documents whose truth is known.

    benchmarks/accuracy.py FOLDER [--score SCORE.py] [--require total=0.95 ...] [--wrong] [--keep OUT.jsonl]

FOLDER holds the documents and a ``truth.jsonl``, one object a line: {"file": NAME, "fields": {NAME: VALUE, ...}}.
All documents that have a truth go through one ``invoicewatch process --json --no-store``. With ``--score`` that script
compares (it is given --truth, --predictions, --require and --wrong, and its exit code is ours); without, a short table
of this script's own. ``--every N`` takes each N-th document only.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

COMMAND = Path(sys.executable).with_name("invoicewatch")


def read_lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def process(files: Sequence[Path], out: Path, config: Path | None) -> float:
    """Run the program over ``files``, its JSON lines into ``out``. Returns seconds by the clock on the wall."""
    chosen = ["--config", str(config)] if config else []
    begun = time.perf_counter()
    with out.open("w", encoding="utf-8") as lines:
        run = subprocess.run(
            [str(COMMAND), *chosen, "process", "--json", "--no-store", *map(str, files)], stdout=lines, check=False
        )
    if run.returncode not in {0, 1}:
        sys.exit(run.returncode)
    return time.perf_counter() - begun


def is_same(truth: str, value: str) -> bool:
    try:
        return Decimal(truth) == Decimal(value)
    except InvalidOperation:
        return "".join(filter(str.isalnum, truth.casefold())) == "".join(filter(str.isalnum, value.casefold()))


def print_own_table(truths: Sequence[Mapping[str, Any]], lines: Sequence[Mapping[str, Any]]) -> None:
    """Right answers of those with a truth, and of those that are said to be verified; names are compared whole."""
    found = {Path(line["path"]).name: line.get("fields") or {} for line in lines}
    print("| field | truth | right | share | verified | of these right |\n| --- | --- | --- | --- | --- | --- |")
    for name in sorted({name for truth in truths for name, value in truth["fields"].items() if value is not None}):
        count = right = verified = verified_right = 0
        for truth in truths:
            value, field = truth["fields"].get(name), found.get(truth["file"], {}).get(name)
            if value is None:
                continue
            same = field is not None and is_same(value, field["value"])
            count, right = count + 1, right + same
            if field is not None and field["verified"]:
                verified, verified_right = verified + 1, verified_right + same
        print(f"| {name} | {count} | {right} | {right / count:.3f} | {verified} | {verified_right} |")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--score", type=Path, metavar="SCORE.py", help="a script that compares predictions with truth")
    parser.add_argument("--require", action="append", default=[], metavar="FIGURE=BOUND", help="passed to the script")
    parser.add_argument("--wrong", action="store_true", help="list each wrong value (passed to the script)")
    parser.add_argument("--config", type=Path, help="a configuration other than the one found")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="each N-th document only (default: all)")
    parser.add_argument("--keep", type=Path, metavar="OUT.jsonl", help="keep the predictions")
    args = parser.parse_args()
    truths = read_lines(args.folder / "truth.jsonl")[:: args.every]
    with tempfile.TemporaryDirectory() as folder:
        out = args.keep or Path(folder) / "predictions.jsonl"
        seconds = process([args.folder / truth["file"] for truth in truths], out, args.config)
        print(f"{len(truths)} documents in {seconds:.1f} s\n", flush=True)
        if args.score is None:
            print_own_table(truths, read_lines(out))
            return 0
        truth_file = Path(folder) / "truth.jsonl"
        truth_file.write_text("".join(json.dumps(truth) + "\n" for truth in truths), encoding="utf-8")
        bounds = [part for bound in args.require for part in ("--require", bound)]
        wrong = ["--wrong"] if args.wrong else []
        command = [sys.executable, str(args.score), "--truth", str(truth_file), "--predictions", str(out)]
        return subprocess.run([*command, *bounds, *wrong], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
