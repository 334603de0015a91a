"""How right the program is on generated samples, grade by grade, and above all: is any verified field wrong?

    .venv/bin/python benchmarks/generated.py --count 40 --seed 1000

Samples are made in a temporary folder, read by ``invoicewatch process --json --no-store`` and compared with their
truth. A verified field that is wrong is listed; the exit code is 1 if there is one.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from invoicewatch.records import FIELD_NAMES, MONEY_NAMES
from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.paper.degrade import GRADES
from invoicewatch.samples.write import PICTURES, TRUTH_NAME, Form, write_samples

COMMAND = Path(sys.executable).with_name("invoicewatch")


@dataclass
class Tally:
    """What became of one field over many documents."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, truth: str | None, claim: dict[str, Any] | None, *, right: bool) -> None:
        """Count one document; where it says nothing of this field, only an answer that has no base counts."""
        if truth is None:
            self.counts["baseless"] += claim is not None
            return
        self.counts["truth"] += 1
        self.counts["right"] += right
        self.counts["answered"] += claim is not None
        self.counts["verified"] += bool(claim and claim["verified"])
        self.counts["verified_wrong"] += bool(claim and claim["verified"] and not right)


def main() -> int:
    options = _parse_arguments()
    wrong: list[str] = []
    for grade in options.grades:
        with tempfile.TemporaryDirectory(prefix="invoicewatch-generated-") as folder:
            wrong += _measure(Path(folder), grade, options)
    if not options.no_digital:
        with tempfile.TemporaryDirectory(prefix="invoicewatch-generated-") as folder:
            wrong += _measure(Path(folder), None, options)
    print(f"verified and wrong: {len(wrong)}")
    for line in wrong:
        print(f"  {line}")
    return 1 if wrong else 0


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=40, help="documents a grade")
    parser.add_argument("--seed", type=int, default=1000, help="the first seed; choose another to check what was tuned")
    parser.add_argument("--grades", type=int, nargs="*", choices=GRADES, default=list(GRADES))
    parser.add_argument("--no-digital", action="store_true", help="leave out text PDFs and e-invoices")
    parser.add_argument("--kinds", type=Kind, nargs="*", default=[], help="only these kinds of paper")
    parser.add_argument("--wrong", action="store_true", help="list every wrong or absent value")
    return parser.parse_args()


def _measure(folder: Path, grade: int | None, options: argparse.Namespace) -> list[str]:
    """Make, read and score one grade (None: text PDFs and e-invoices); returns what is verified and wrong."""
    forms = [form for form in Form if (form in PICTURES) == (grade is not None)]
    list(write_samples(folder, options.count, options.seed, grade, options.kinds, forms))
    truths = {line["file"]: line for line in _read_lines((folder / TRUTH_NAME).read_text(encoding="utf-8"))}
    begun = time.perf_counter()
    done = {Path(line["path"]).name: line for line in _process([folder / name for name in truths])}
    seconds = time.perf_counter() - begun
    tallies = {name: Tally() for name in FIELD_NAMES}
    wrong = []
    for name, truth in truths.items():
        claims = done[name]["fields"]
        for which, tally in tallies.items():
            expected, claim = truth["fields"][which], claims.get(which)
            right = expected is not None and claim is not None and is_same(which, expected, claim["value"])
            tally.add(expected, claim, right=right)
            said = f"{name} grade {truth['grade']}: {which} {claim['value'] if claim else None!r}, truth {expected!r}"
            if claim and claim["verified"] and expected is not None and not right:
                wrong.append(f"{said} ({claim['method']})")
            if options.wrong and expected is not None and not right:
                print(f"  {said}")
    _print_table(f"grade {grade}" if grade is not None else "text PDFs and e-invoices", tallies)
    _print_status(truths, done, seconds)
    return wrong


def _process(paths: list[Path]) -> Iterator[dict[str, Any]]:
    arguments = [str(COMMAND), "process", "--json", "--no-store", *map(str, paths)]
    result = subprocess.run(arguments, stdout=subprocess.PIPE, text=True, check=False, env={**os.environ})
    return _read_lines(result.stdout)


def _read_lines(text: str) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in text.splitlines())


def is_same(name: str, truth: str, value: str) -> bool:
    """Money by value, names and identifiers by their letters and digits, the rest exactly."""
    if name in MONEY_NAMES:
        try:
            return Decimal(truth) == Decimal(value)
        except InvalidOperation:
            return False
    if name in {"seller_name", "buyer_name", "invoice_number", "iban", "seller_vat_id"}:
        return fold(truth) == fold(value)
    return truth == value


def fold(text: str) -> str:
    """Letters and digits alone, without accents and case."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]+", "", "".join(sign for sign in plain if not unicodedata.combining(sign)))


def _print_table(title: str, tallies: dict[str, Tally]) -> None:
    print(f"\n{title}")
    print("field              truth  right  recall  precision  verified  verified wrong  baseless")
    for name, tally in tallies.items():
        counts = tally.counts
        recall = counts["right"] / max(1, counts["truth"])
        precision = counts["right"] / max(1, counts["answered"])
        print(
            f"{name:17} {counts['truth']:6} {counts['right']:6} {recall:7.3f} {precision:10.3f} "
            f"{counts['verified']:9} {counts['verified_wrong']:15} {counts['baseless']:9}"
        )


def _print_status(truths: dict[str, Any], done: dict[str, Any], seconds: float) -> None:
    status = Counter(line["status"] for line in done.values())
    accepted = [name for name, line in done.items() if line["status"] == "accepted"]
    right = sum(_is_right(truths[name]["fields"], done[name]["fields"]) for name in accepted)
    print(f"status {dict(status)}; of {len(accepted)} accepted, total and date are both right in {right}")
    print(f"{seconds / max(1, len(done)):.2f} s a document, wall clock, start included")


def _is_right(truth: dict[str, str | None], claims: dict[str, Any]) -> bool:
    return all(
        (expected := truth[name]) is None or (claims.get(name) and is_same(name, expected, claims[name]["value"]))
        for name in ("total", "issue_date")
    )


if __name__ == "__main__":
    sys.exit(main())
