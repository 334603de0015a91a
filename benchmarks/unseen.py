#!/usr/bin/env python3
"""How right the program is on sources that nothing in it was fitted on: each left out in turn.

    benchmarks/unseen.py --kept KEPT --data DATA [--out FOLDER] [--fitted]

KEPT holds readings (``benchmarks/learn/keep.py`` makes them), DATA a folder a set with its ``truth.jsonl``. For each
source of ``learn/sources.toml`` every ranking, belief, rule of proof and threshold is fitted without it, a copy of the
program is given these weights, and the source's documents are looked at by that copy. ``--fitted`` leaves nothing
out: what the shipped weights give, to see how far the two are apart. ``--out`` keeps the predictions, a file a set,
for other scorers.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.learn.answers import gather_answers
from benchmarks.learn.documents import find_truths, is_right, list_sources
from benchmarks.learn.questions import QUESTIONS, fit_questions, gather_examples
from benchmarks.learn.trust import fit_trust, judge_left_out, make_promise, write_trust

ROOT = Path(__file__).resolve().parents[1]
FIELDS = (
    "total", "issue_date", "seller_name", "currency", "net_total", "tax_total", "invoice_number", "buyer_name",
    "due_date", "iban", "seller_vat_id",
)  # fmt: skip
DECISIVE = ("total", "issue_date")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kept", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, help="keep the predictions here")
    parser.add_argument("--fitted", action="store_true", help="leave nothing out")
    args = parser.parse_args()
    examples = {} if args.fitted else gather_examples(args.kept, args.data, QUESTIONS)
    answers = {} if args.fitted else gather_answers(args.kept, args.data, examples)
    print(
        f"{'set':20s} {'n':>4s} " + " ".join(f"{name[:9]:>9s}" for name in FIELDS) + "  accepted  wrong believed/wrong"
    )
    for source, sets in list_sources().items():
        with tempfile.TemporaryDirectory(prefix="invoicewatch-unseen-") as folder:
            tree = ROOT
            if not args.fitted:
                tree = _copy_program(Path(folder))
                weights = tree / "invoicewatch" / "extract" / "weights"
                fit_questions(examples, weights, without=source)
                promise = make_promise(judge_left_out(answers, source), {})
                write_trust(fit_trust(answers, source, {}), promise, weights)
            for name in sets:
                lines = _replay(tree, args.kept / name)
                if args.out:
                    args.out.mkdir(parents=True, exist_ok=True)
                    kept = "".join(json.dumps(line) + "\n" for line in lines)
                    (args.out / f"{name}.jsonl").write_text(kept, encoding="utf-8")
                print(_summarise(name, lines, find_truths(args.data, name)), flush=True)
    return 0


def _copy_program(folder: Path) -> Path:
    for name in ("invoicewatch", "benchmarks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def _replay(tree: Path, kept: Path) -> list[dict[str, Any]]:
    """What the program in ``tree`` makes of a folder of kept readings; e-invoices are looked at without their XML."""
    command = [sys.executable, "-m", "benchmarks.learn.replay", "--without-xml", str(kept)]
    run = subprocess.run(
        command, cwd=tree, env={**os.environ, "PYTHONPATH": str(tree)}, check=True, capture_output=True, text=True
    )
    return [json.loads(line) for line in run.stdout.splitlines()]


def _summarise(name: str, lines: Sequence[Mapping[str, Any]], truths: Mapping[str, Mapping[str, Any]]) -> str:
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    tally: Counter[str] = Counter()
    for line in lines:
        truth = truths.get(Path(line["path"]).stem)
        if truth is None:
            continue
        fine = {}
        for field, value in truth["fields"].items():
            if value is None:
                continue
            found = line["fields"].get(field)
            fine[field] = found is not None and is_right(truth, field, str(found["value"]))
            asked[field] += 1
            right[field] += fine[field]
            tally["believed"] += bool(found and found["verified"])
            tally["believed_wrong"] += bool(found and found["verified"]) and not fine[field]
        tally["documents"] += 1
        if line["status"] == "accepted":
            tally["accepted"] += 1
            tally["wrong"] += not all(fine.get(field, True) for field in DECISIVE)
    shares = (f"{right[field] / asked[field]:9.3f}" if asked[field] else " " * 9 for field in FIELDS)
    accepted = tally["accepted"] / max(1, tally["documents"])
    believed = f"{tally['believed']}/{tally['believed_wrong']}"
    return f"{name:20s} {tally['documents']:4d} {' '.join(shares)}  {accepted:8.3f} {tally['wrong']:6d} {believed:>14s}"


if __name__ == "__main__":
    sys.exit(main())
