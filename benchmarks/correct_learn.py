"""Learn what OCR confuses from our own samples, and print the table that the corrector keeps as data.

    python -m invoicewatch.samples DIR --count 120 --seed 1000 --forms png jpg --kinds invoice receipt receipt
    python benchmarks/correct_learn.py DIR > invoicewatch/correct/data/confusions.txt

Reads every image of DIR with Tesseract, aligns the words with ``truth.jsonl`` and counts which characters are read as
which. Only invented documents go in, so the table may be published. With ``--readings FILE`` the readings are kept
(or taken from there if it exists).
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from difflib import SequenceMatcher
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from invoicewatch.config.settings import OcrSettings, PageSettings
from invoicewatch.ocr.tesseract.engine import TesseractEngine, open_tesseract
from invoicewatch.pages.load import open_pages
from invoicewatch.records import Document, Reading

# Pairs of words that differ by more than this are no pair; what is seen less often than this is chance.
_MOST_CHANGED = 0.5
_LEAST_SEEN = 2
_LONGEST = 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--readings", type=Path)
    options = parser.parse_args()
    truths = [json.loads(line) for line in (options.folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    readings = read_all(options.folder, [truth["file"] for truth in truths], options.readings)
    seen: Counter[str] = Counter()
    confused: Counter[tuple[str, str]] = Counter()
    for truth in truths:
        count_confusions(truth["words"], [w.text for r in readings[truth["file"]] for w in r.words], seen, confused)
    print(f"# Learned by benchmarks/correct_learn.py from {len(truths)} generated samples read with Tesseract.")
    print("# What is printed, what OCR reads (both in lower case; - is nothing), and how often, as a share.")
    for (printed, read), count in confused.most_common():
        base = seen[printed] if printed else sum(seen.values())
        if count >= _LEAST_SEEN and base:
            print(f"{printed or '-'}\t{read or '-'}\t{count / base:.6f}")


def read_all(folder: Path, names: list[str], kept: Path | None) -> dict[str, tuple[Reading, ...]]:
    """Every image's reading by file name."""
    if kept is not None and kept.exists():
        found: dict[str, tuple[Reading, ...]] = pickle.loads(kept.read_bytes())
        return found
    engine = open_tesseract(OcrSettings(timeout_s=600))
    readings = {name: tuple(read_pages(engine, folder / name)) for name in names}
    if kept is not None:
        kept.write_bytes(pickle.dumps(readings))
    return readings


def read_pages(engine: TesseractEngine, path: Path) -> Iterator[Reading]:
    """The pages of one file."""
    document = Document(str(path), path.read_bytes(), "", "", datetime.now(UTC))
    pages = open_pages(document, PageSettings(), max_bytes=1 << 30)
    for number in range(1, len(pages.sizes) + 1):
        yield engine.read(pages.load(number))
    pages.close()


def count_confusions(truth: list[str], read: list[str], seen: Counter[str], confused: Counter[tuple[str, str]]) -> None:
    """Add one document's characters and confusions; words are paired in reading order."""
    for printed, got in pair_words([word.casefold() for word in truth], [word.casefold() for word in read]):
        seen.update(printed)
        seen.update(printed[n : n + 2] for n in range(len(printed) - 1))
        for step in Levenshtein.opcodes(printed, got):
            was, now = printed[step.src_start : step.src_end], got[step.dest_start : step.dest_end]
            if step.tag != "equal" and max(len(was), len(now)) <= _LONGEST:
                confused[was, now] += 1
        for was, now in find_double(printed, got):
            confused[was, now] += 1


def find_double(printed: str, got: str) -> Iterator[tuple[str, str]]:
    """Confusions of two characters with one or with two others (rn/m), which single edits would tear apart."""
    matcher = SequenceMatcher(None, printed, got, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "replace" and max(b - a, d - c) == _LONGEST and min(b - a, d - c) >= 1:
            yield printed[a:b], got[c:d]


def pair_words(truth: list[str], read: list[str]) -> Iterator[tuple[str, str]]:
    """Words that are the same or, between the same neighbours, near enough to be a misreading."""
    for tag, a, b, c, d in SequenceMatcher(None, truth, read, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(truth[a:b], read[c:d], strict=True)
        elif tag == "replace" and b - a == d - c:
            for printed, got in zip(truth[a:b], read[c:d], strict=True):
                if Levenshtein.distance(printed, got) <= max(1, _MOST_CHANGED * len(printed)):
                    yield printed, got


if __name__ == "__main__":
    main()
