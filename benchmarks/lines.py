"""How many lines of invoices are read off their pages, and whether any is proved and wrong.

    python -m benchmarks.lines KEPT [KEPT ...] --truth KEPT [--generated 200] [--wrong]

KEPT are folders of kept readings (``benchmarks/learn/keep.py`` makes them); those of ``--truth`` hold the files inside
the documents, whose XML is the truth, which the reading does not see. A line counts where the page prints it: its name
and its sum stand there. It is found where a line read has its name (ratio of 90 of 100 or more), its quantity (one,
where none is printed) and its sum. Of generated documents, free layouts, the truth is what they were drawn from.
"""

from __future__ import annotations

import argparse
import pickle
import re
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.chain import find_fields, load_extractors
from invoicewatch.extract.einvoice.extractor import EInvoiceExtractor, find_stated_items
from invoicewatch.extract.einvoice.xml import iterate_xml, parse_xml
from invoicewatch.extract.lines.find import find_items
from invoicewatch.extract.page.layout import view_page
from invoicewatch.records import ExtractContext, InvoiceLine, Itemised, Memory, Reading, TaxByRate
from invoicewatch.samples.free.sample import make_free_sample
from invoicewatch.samples.reading import damage_reading, read_sheets

TODAY = date(2026, 11, 28)
SETTINGS = ExtractSettings()
EXTRACTORS = load_extractors(SETTINGS)
ALIKE = 90.0
DAMAGE = 0.02
ZERO = Decimal(0)
# A row that ends so is another line, and its figures are none of this one's.
_SUM_AT_END = re.compile(r"\d[.,]\d{2}\D{0,4}$")


@dataclass(frozen=True, slots=True)
class Truth:
    """What one document's lines are: names (BT-153, and with BT-154), quantity and sum; base and tax of each rate."""

    lines: tuple[tuple[tuple[str, ...], Decimal, Decimal], ...]
    taxes: tuple[tuple[Decimal, Decimal], ...]


@dataclass(slots=True)
class Score:
    """What was counted; ``wrong`` are lines that were proved and are in no truth."""

    documents: int = 0
    printed: int = 0
    found: int = 0
    verified: int = 0
    wrong: int = 0
    taxes: int = 0
    taxes_found: int = 0
    taxes_wrong: int = 0
    pages: int = 0
    seconds: float = 0.0

    def add(self, truth: Truth, readings: Sequence[Reading], *, show: str = "") -> None:
        """Read one document and count."""
        context = ExtractContext(tuple(readings), {}, Memory(), TODAY)
        fields = find_fields(context, EXTRACTORS)
        started = time.process_time()
        read = find_items(fields, readings, {}, SETTINGS)
        self.seconds += time.process_time() - started
        self.pages += len(readings)
        self.documents += 1
        self._count_lines(truth, readings, read.lines, show)
        self._count_taxes(truth, read.taxes, show)

    def _count_lines(self, truth: Truth, readings: Sequence[Reading], lines: Sequence[InvoiceLine], show: str) -> None:
        text = _fold("".join(reading.text for reading in readings))
        left = list(lines)
        for number, (names, quantity, amount) in enumerate(truth.lines, start=1):
            shown = is_printed(names[0], amount, text)
            counted = quantity not in {1, number} and is_counted(quantity, amount, readings)
            counts = {quantity} if counted else {quantity, None}
            match = next((line for line in left if is_line(line, names if shown else (), counts, amount)), None)
            if match is not None:
                left.remove(match)
            if not shown:
                continue
            self.printed += 1
            self.found += match is not None
            self.verified += match is not None and match.verified
            if match is None and show:
                print(f"  {show}: missed {names[0]!r} {quantity} {amount}")
        for line in left:
            self.wrong += line.verified
            if show and (line.verified or len(left) < len(lines)):
                mark = "PROVED AND WRONG" if line.verified else "wrong"
                print(f"  {show}: {mark} {line.description!r} {line.quantity} {line.unit_price} {line.amount}")

    def _count_taxes(self, truth: Truth, taxes: Sequence[TaxByRate], show: str) -> None:
        self.taxes += len(truth.taxes)
        known = [(abs(base), abs(tax)) for base, tax in truth.taxes]
        for tax in taxes:
            right = (abs(tax.base or ZERO), abs(tax.tax)) in known
            self.taxes_found += right
            self.taxes_wrong += tax.verified and not right
            if show and not right:
                print(f"  {show}: tax {tax.rate} {tax.base} {tax.tax} {'PROVED' * tax.verified}")

    def print_row(self, name: str) -> None:
        """One row of the table."""
        print(
            f"| {name} | {self.documents} | {self.printed} | {self.found / max(1, self.printed):.3f} "
            f"| {self.verified / max(1, self.printed):.3f} | {self.wrong} | {self.taxes_found} of {self.taxes} "
            f"| {self.taxes_wrong} | {1000 * self.seconds / max(1, self.pages):.1f} ms |"
        )


def is_line(line: InvoiceLine, names: Sequence[str], counts: Collection[Decimal | None], amount: Decimal) -> bool:
    """Whether a line that was read is the true one; without ``names`` by its figures alone."""
    named = not names or any(fuzz.ratio(_blank(line.description), _blank(name)) >= ALIKE for name in names)
    return line.amount == amount and line.quantity in counts and named


def is_counted(quantity: Decimal, amount: Decimal, readings: Sequence[Reading]) -> bool:
    """Whether the quantity is printed: on a row with the sum, or on one next to it.

    Of one, and of one that may be the number of the line, this does not tell.
    """
    written = f"{abs(amount):.2f}".replace(".", "")
    for reading in readings:
        rows = [row.text for row in view_page(reading).rows]
        for n, row in enumerate(rows):
            others = (other for other in rows[max(0, n - 1) : n + 2] if other == row or not _SUM_AT_END.search(other))
            near = " ".join(others)
            if written in _fold(row) and str(abs(quantity).normalize()) in _list_numbers(near):
                return True
    return False


def _list_numbers(text: str) -> set[str]:
    """The numbers of a text, without noughts at their ends."""
    found = (number.replace(",", ".") for number in re.findall(r"\d+(?:[.,]\d{1,4})?", text))
    return {str(Decimal(number).normalize()) for number in found}


def is_printed(name: str, amount: Decimal, text: str) -> bool:
    """Whether name and sum stand on the page, whatever an engine made of a letter in ten."""
    figures = f"{abs(amount):.2f}".replace(".", "")
    return figures in text and fuzz.partial_ratio(_fold(name), text) >= ALIKE


def is_shown(truth: Truth, readings: Sequence[Reading]) -> bool:
    """Whether the page prints any line of the XML: some say other things than their XML."""
    text = _fold("".join(reading.text for reading in readings))
    return any(is_printed(names[0], amount, text) for names, _, amount in truth.lines)


def main() -> None:
    """Read and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kept", type=Path, nargs="*", help="folders of kept readings")
    parser.add_argument("--truth", type=Path, help="the folder whose readings hold the XML")
    parser.add_argument("--generated", type=int, default=0, help="how many free layouts")
    parser.add_argument("--wrong", action="store_true", help="print what was missed and what is wrong")
    arguments = parser.parse_args()
    print("| set | documents | lines printed | found | and proved | proved and wrong | taxes | wrong | a page |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    truths = dict(list_truths(arguments.truth)) if arguments.truth else {}
    for folder in arguments.kept:
        score = Score()
        for stem, kept in list_kept(folder):
            if stem in truths and is_shown(truths[stem], kept["enhanced"]):
                score.add(truths[stem], kept["enhanced"], show=stem if arguments.wrong else "")
        score.print_row(folder.name)
    for damage in (0.0, DAMAGE) if arguments.generated else ():
        score = Score()
        for seed in range(arguments.generated):
            score.add(*make_generated(seed, damage), show=str(seed) if arguments.wrong else "")
        score.print_row(f"generated, {damage:.0%} of words misread")


def list_kept(folder: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The kept readings of a folder, by the stem of the document's name."""
    for path in sorted(folder.glob("*.pickle")):
        yield path.name.removesuffix(".pickle").rpartition(".")[0], pickle.loads(path.read_bytes())


def list_truths(folder: Path) -> Iterator[tuple[str, Truth]]:
    """What the XML inside each document states."""
    for stem, kept in list_kept(folder):
        context = ExtractContext((), kept["attachments"], Memory(), TODAY)
        stated = find_stated_items(EInvoiceExtractor(SETTINGS).find(context), kept["attachments"], SETTINGS)
        if stated is not None:
            yield stem, _read_truth(stated, _list_descriptions(kept["attachments"]))


def _list_descriptions(attachments: Mapping[str, bytes]) -> list[str]:
    """BT-154 of every line of a CII document, which a page may print behind the name."""
    for _, content in iterate_xml(attachments):
        lines = parse_xml(content, SETTINGS.max_xml_bytes).iter()
        products = [each for each in lines if each.tag.endswith("}SpecifiedTradeProduct")]
        if products:
            return [each.findtext("{*}Description") or "" for each in products]
    return []


def _read_truth(stated: Itemised, descriptions: Sequence[str]) -> Truth:
    more = dict(zip((each.path for each in stated.lines), descriptions, strict=False))
    lines = (
        ((each.description, f"{each.description} {more.get(each.path, '')}"), each.quantity or Decimal(1), each.amount)
        for each in stated.lines
    )
    taxes = ((each.base, each.tax) for each in stated.taxes)
    return Truth(
        tuple((names, count, amount) for names, count, amount in lines if amount is not None),
        tuple((base, tax) for base, tax in taxes if base is not None),
    )


def make_generated(seed: int, damage: float) -> tuple[Truth, Sequence[Reading]]:
    """One free layout: what it lists, and what an engine reads of it."""
    sample = make_free_sample(seed)
    spec = sample.bill.spec.stated
    lines = tuple(((each.text,), each.quantity, spec.sign * each.amount) for each in sample.bill.goods)
    taxes = tuple((each.base, each.tax) for each in spec.tax_lines)
    readings = read_sheets(sample.sheets)
    if damage:
        from random import Random

        rng = Random(f"invoicewatch free damage {seed} {damage}")
        readings = tuple(damage_reading(reading, rng, damage) for reading in readings)
    return Truth(lines, taxes), readings


def _fold(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _blank(text: str) -> str:
    return " ".join(text.casefold().split())


if __name__ == "__main__":
    main()
