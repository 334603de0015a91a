"""Whether the sums of damaged documents are ever wrong and believed, or stand nowhere: thousands of free layouts.

    python -m benchmarks.damaged --count 5000 --damage 0.06

Free samples (``invoicewatch.samples.free``) are misread word by word and their sums found as of any reading. A verified
sum that is wrong is listed, and so is one that neither stands on the page nor says what it was reckoned from; the exit
code is 1 if there is one. The share that is right is printed for each sum.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.amounts.rows import Amount, find_amounts
from invoicewatch.extract.chain import find_fields, load_extractors
from invoicewatch.extract.page.found import FoundBy
from invoicewatch.extract.page.layout import view_pages
from invoicewatch.records import ExtractContext, Field, Memory, Reading
from invoicewatch.samples.free.sample import free_reading

SUMS = ("total", "net_total", "tax_total")
_TODAY = date(2026, 11, 28)
_SIGN_MISREAD = re.compile(r"\d[-:;_~]\d{2}$")  # "74:85": no figure, but a sum whose decimal sign was misread
# How a field says that it was reckoned, and from what: its text then names the amounts.
_RECKONED = (FoundBy.TAX_LEFT, FoundBy.NET_LEFT, FoundBy.BASES, FoundBy.TAXES, FoundBy.ARITHMETIC)


class Outcome(NamedTuple):
    """What became of one document: ``right`` by sum, and sentences on ``wrong`` verified and ``baseless`` sums."""

    right: Mapping[str, bool]
    wrong: tuple[str, ...]
    baseless: tuple[str, ...]


def main() -> int:
    options = _parse_arguments()
    seeds = range(options.seed, options.seed + options.count)
    with ProcessPoolExecutor(options.processes) as pool:
        outcomes = list(pool.map(partial(check_document, damage=options.damage), seeds, chunksize=25))
    asked, right = Counter(n for each in outcomes for n in each.right), Counter[str]()
    for each in outcomes:
        right.update(name for name, good in each.right.items() if good)
    for name in SUMS:
        print(f"{name:10s} {asked[name]:6d} asked for, {right[name] / max(1, asked[name]):.3f} right")
    faults = [fault for each in outcomes for fault in (*each.wrong, *each.baseless)]
    print(f"verified and wrong: {sum(len(each.wrong) for each in outcomes)}")
    print(f"from nowhere: {sum(len(each.baseless) for each in outcomes)}", *faults, sep="\n  ")
    return 1 if faults else 0


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=700_000, help="the first seed, none of those that were fitted on")
    parser.add_argument("--damage", type=float, default=0.06, help="about which part of the words is misread (0-1)")
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args()


def check_document(seed: int, damage: float) -> Outcome:
    """Damage the free sample of ``seed``, find its sums, and compare them with its truth and its page."""
    readings, truth = free_reading(seed, damage)
    context = ExtractContext(readings, {}, Memory(), _TODAY)
    fields = find_fields(context, load_extractors(ExtractSettings()))
    found = {name: field for name in SUMS if (field := fields.get(name)) is not None}
    right = {name: name in found and _is_right(found[name], truth[name]) for name in SUMS if truth[name] is not None}
    wrong = tuple(
        f"seed {seed}: {name} {field.value} verified, truth {truth[name]} ({field.method})"
        for name, field in found.items()
        if field.verified and truth[name] is not None and not right[name]
    )
    shown = set(list_shown(readings))
    baseless = tuple(
        f"seed {seed}: {name} {field.value} stands nowhere ({field.method})"
        for name, field in found.items()
        if isinstance(field.value, Decimal) and abs(field.value) not in shown and not _says_so(field)
    )
    return Outcome(right, wrong, baseless)


def list_shown(readings: tuple[Reading, ...]) -> Iterator[Decimal]:
    """The sizes of all figures on the pages, in every way that they may be read."""
    for page in view_pages(readings):
        for row in page.rows:
            for amount in find_amounts(row, page.char_width):
                yield from map(abs, _list_values(amount))
            for word in row.words:
                if _SIGN_MISREAD.search(word.text):
                    yield Decimal(re.sub(r"\D", "", word.text)).scaleb(-2)


def _list_values(amount: Amount) -> Iterator[Decimal]:
    yield amount.value
    yield from amount.others
    if amount.parsed.decimals == 0:
        yield amount.value.scaleb(-2)  # "8091" beside a label lost its decimal sign
    digits = "".join(char for char in amount.text if char.isdigit())
    yield Decimal(digits or "0").scaleb(-2)


def _says_so(field: Field) -> bool:
    return any(str(how) in field.method for how in _RECKONED)


def _is_right(field: Field, truth: str | None) -> bool:
    return truth is not None and Decimal(str(field.value)) == Decimal(truth)


if __name__ == "__main__":
    raise SystemExit(main())
