"""The processor time of extraction: all passes of a document together, over readings that were kept.

    python -m benchmarks.passes KEPT/SET [KEPT/SET ...] [--count 20] [--rounds 3]

KEPT is what ``benchmarks.learn.keep`` wrote. The road is walked as it is after reading: a draft, on the reading with
one word changed, as a first engine reads otherwise than two; what is in doubt; the fields anew if anything is; the
judgement. Printed are the rehearsal that workers have before it, the first document after that, and the mean over
documents and over pages (medians of the rounds).
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.learn.keep import read_kept
from invoicewatch.config import Config
from invoicewatch.extract.doubts import find_doubts
from invoicewatch.pipeline import Evidence
from invoicewatch.pipeline.rehearsal import rehearse
from invoicewatch.pipeline.verdict import judge_fields
from invoicewatch.records import Line, Memory, Reading
from invoicewatch.wiring import JudgeBox, build_judge

TODAY = date(2026, 11, 28)
_LONG = 3  # letters: what is shorter is often a number or a mark


class Kept(NamedTuple):
    """A document as one engine read it, as it was read in the end, and what its file holds."""

    draft: tuple[Reading, ...]
    final: tuple[Reading, ...]
    attachments: Mapping[str, bytes]


def load(folders: Sequence[Path], count: int) -> list[Kept]:
    """So many documents of each folder, always the same; read anew, so that nothing of them is remembered."""
    kept = []
    for folder in folders:
        found = list(read_kept(folder))
        random.Random(1).shuffle(found)
        kept += [document for _, document in islice(found, count)]
    return [Kept(tuple(map(change_word, each["enhanced"])), each["enhanced"], each["attachments"]) for each in kept]


def change_word(reading: Reading) -> Reading:
    """The same with the last letter of its least certain word lost."""
    words = [(word.confidence, n, i) for n, line in enumerate(reading.lines) for i, word in enumerate(line.words)]
    words = [(sure, n, i) for sure, n, i in words if len(reading.lines[n].words[i].text) > _LONG]
    if not words:
        return reading
    _, n, i = min(words)
    lines = list(reading.lines)
    row = list(lines[n].words)
    row[i] = replace(row[i], text=row[i].text[:-1])
    lines[n] = Line(tuple(row))
    return replace(reading, lines=tuple(lines))


def walk(kept: Kept, judge: JudgeBox) -> None:
    """All passes over one document."""
    draft, final = (Evidence(readings, kept.attachments) for readings in (kept.draft, kept.final))
    fields = judge.find_fields(draft, Memory(), TODAY)
    if find_doubts(fields, kept.draft):
        fields = judge.find_fields(final, Memory(), TODAY)
    judge_fields(fields, final, judge, Memory(), TODAY)


def measure(documents: Sequence[Kept], judge: JudgeBox) -> float:
    """Milliseconds of the processor for all of them."""
    begun = time.process_time()
    for each in documents:
        walk(each, judge)
    return 1000 * (time.process_time() - begun)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--count", type=int, default=20, help="documents of each folder")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    judge, documents = build_judge(Config()), load(args.folders, args.count)
    begun = time.process_time()
    rehearse(judge)
    print(f"rehearsal              {1000 * (time.process_time() - begun):6.1f} ms")
    print(f"first document         {measure(documents[:1], judge):6.1f} ms")
    whole = median(measure(load(args.folders, args.count), judge) for _ in range(args.rounds))
    pages = sum(len(each.final) for each in documents)
    print(f"a document, of {len(documents):4d}    {whole / len(documents):6.1f} ms")
    print(f"a page, of {pages:4d}        {whole / pages:6.1f} ms")


if __name__ == "__main__":
    main()
