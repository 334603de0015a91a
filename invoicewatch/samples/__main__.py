"""``python -m invoicewatch.samples OUT_DIR``: write sample scans and what they say."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from invoicewatch.samples.free.files import make_free_file
from invoicewatch.samples.free.invent.wording import LANGUAGES
from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.paper.degrade import GRADES
from invoicewatch.samples.write import TRUTH_NAME, Form, make_sample, write_samples


def main(arguments: list[str] | None = None) -> int:
    """Write samples; prints one line a file. Returns the exit code."""
    options = _make_parser().parse_args(arguments)
    make = make_sample
    if options.layouts == "free" or options.language:
        make = partial(make_free_file, language=options.language)
    written = write_samples(
        options.folder, options.count, options.seed, options.grade, options.kinds, options.forms, make
    )
    try:
        for sample in written:
            sys.stdout.write(f"{options.folder / sample.name}  {len(sample.content):,} bytes\n")
    except OSError as exc:
        sys.stderr.write(f"cannot write to {options.folder}: {exc.strerror}. Name a folder that you may write to.\n")
        return 1
    sys.stdout.write(f"{options.folder / TRUTH_NAME} says what they say\n")
    return 0


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m invoicewatch.samples",
        description="Write invented invoices, receipts and letters as scans, PDFs and e-invoices, with their truth.",
        epilog="The same seed gives the same bytes. No seller, buyer or account in them exists.",
    )
    parser.add_argument("folder", type=Path, metavar="OUT_DIR", help="where to write; made if it is missing")
    parser.add_argument("--count", type=partial(_at_least, 1), default=12, help="how many files (default: 12)")
    parser.add_argument("--seed", type=partial(_at_least, 0), default=1, help="the first sample's seed (default: 1)")
    parser.add_argument(
        "--grade",
        type=int,
        choices=GRADES,
        help="how badly scanned: 0 clean, 1 office flatbed, 2 bad copy, 3 careless photograph, 4 sheet on a table "
        "as a phone sees it (default: 0 to 2 mixed)",
    )
    parser.add_argument(
        "--kinds", nargs="+", type=Kind, choices=list(Kind), default=[], metavar="KIND", help=_tell(Kind)
    )
    parser.add_argument(
        "--forms", nargs="+", type=Form, choices=list(Form), default=[], metavar="FORM", help=_tell(Form)
    )
    parser.add_argument(
        "--layouts",
        choices=("fixed", "free"),
        default="fixed",
        help="the fixed layouts, or one drawn for every seed: invoices, credit notes and receipts (default: fixed)",
    )
    parser.add_argument(
        "--language", choices=LANGUAGES, help="only documents in this one, in free layouts (default: mixed)"
    )
    return parser


def _tell(choices: type[Kind | Form]) -> str:
    return f"only these, in turn: {', '.join(choice.value for choice in choices)} (default: mixed)"


def _at_least(lowest: int, text: str) -> int:
    try:
        number = int(text)
    except ValueError as exc:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number") from exc
    if number < lowest:
        raise argparse.ArgumentTypeError(f"must be at least {lowest}")
    return number


if __name__ == "__main__":
    sys.exit(main())
