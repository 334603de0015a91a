#!/usr/bin/env python3
"""What each step of preparation is worth: word F1 of both engines and of the fusion, and seconds of CPU a page.

    benchmarks/preparation.py FOLDER [--every 6] [--steps none,deskew,...]
    benchmarks/preparation.py --photos 24 [--seed 5000]

FOLDER holds images and a truth.jsonl whose lines have "file", "fields" and "words"; ``--photos`` makes such a folder of
generated invoices and receipts as a phone photographs them. F1 is order-free and case-folded. The row ``none`` only
decodes, caps the width and erases the frames of tables; every other row adds one step to it, ``default`` all that the
default has. "Changed" counts the pages that a step touches at all. Total and date are those that the extractors find in
the fused reading. Seconds are CPU time, children included, so that other work on the machine hardly matters.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pictures
from PIL import ImageOps

from invoicewatch.config.settings import ExtractSettings, OcrSettings, PageSettings
from invoicewatch.extract.chain import find_fields, load_extractors
from invoicewatch.ocr.engines import load_engine
from invoicewatch.ocr.fuse import fuse_readings
from invoicewatch.pages.prepare.deskew import find_skew, level_lines
from invoicewatch.pages.prepare.grey import to_grey
from invoicewatch.pages.prepare.grid import erase_grid
from invoicewatch.pages.prepare.outline import find_outline
from invoicewatch.pages.prepare.perspective import lay_flat
from invoicewatch.pages.prepare.shadow import lift_shadow
from invoicewatch.pages.prepare.steps import prepare_page
from invoicewatch.records import ExtractContext, Memory, OcrEngine, Page, PageSize, Reading, Transform, format_value
from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.paper.degrade import PHOTO
from invoicewatch.samples.write import TRUTH_NAME, Form, write_samples

Image = NDArray[np.uint8]
ENGINES = ("tesseract", "rapidocr")
DARK = 90
MOSTLY = 0.6
FIELDS = ("total", "issue_date")
TODAY = date(2026, 3, 1)
_engines: dict[str, OcrEngine] = {}


class Score(NamedTuple):
    """Words right, words read, words in truth, and seconds of CPU."""

    right: int
    read: int
    truth: int
    cpu_s: float


class Result(NamedTuple):
    """The scores of one document by part, which of ``FIELDS`` are right, and whether the step changed the page."""

    scores: dict[str, Score]
    right: tuple[bool, ...]
    changed: bool


def cap(image: Image) -> Image:
    """Scale a wide page down."""
    height, width = image.shape
    most = PageSettings().max_width
    if width <= most:
        return image
    return np.asarray(cv2.resize(image, (most, round(height * most / width)), interpolation=cv2.INTER_AREA), np.uint8)


def flatten(image: Image) -> Image:
    """Lay a photographed sheet flat; works on the photograph as it came."""
    corners = find_outline(image)
    return cap(image) if corners is None else lay_flat(image, corners, PageSettings().max_width)[0]


def deskew(image: Image) -> Image:
    """Make lines level."""
    skew = find_skew(image)
    return level_lines(image, skew)[0] if skew else image


def flatten_background(image: Image) -> Image:
    """Divide by the paper's brightness around each pixel: takes out shadow and uneven light."""
    paper = cv2.medianBlur(cv2.dilate(image, np.ones((9, 9), np.uint8)), 51)
    return np.asarray(255 - cv2.absdiff(image, paper), np.uint8)


def crop_borders(image: Image) -> Image:
    """Cut off the rows and columns at the rim that are dark from end to end: a scanner's lid."""
    dark = image < DARK
    rows = np.flatnonzero(dark.mean(axis=1) < MOSTLY)
    columns = np.flatnonzero(dark.mean(axis=0) < MOSTLY)
    if not len(rows) or not len(columns):
        return image
    return np.ascontiguousarray(image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])


def denoise(image: Image) -> Image:
    """Median of 3 by 3."""
    return np.asarray(cv2.medianBlur(image, 3), np.uint8)


def stretch(image: Image) -> Image:
    """Stretch the contrast from the 2nd to the 90th percentile."""
    dark, light = np.percentile(image, (2, 90))
    return np.asarray(np.clip((image - dark) * (255.0 / max(1.0, light - dark)), 0, 255), np.uint8)


def enlarge(image: Image, factor: float = 1.5) -> Image:
    """Scale up narrow pages."""
    if image.shape[1] * factor > PageSettings().max_width:
        return image
    return np.asarray(cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC), np.uint8)


STEPS: Mapping[str, Callable[[Image], Image]] = {
    "none": cap,
    "deskew": lambda image: deskew(cap(image)),
    "flatten": flatten,
    "shadow everywhere": lambda image: lift_shadow(cap(image)),
    "flatten+shadow": lambda image: lift_shadow(flatten(image)),
    "background": lambda image: flatten_background(cap(image)),
    "crop": lambda image: crop_borders(cap(image)),
    "denoise": lambda image: denoise(cap(image)),
    "stretch": lambda image: stretch(cap(image)),
    "enlarge 1.5": lambda image: enlarge(cap(image)),
}


DEFAULT = "default"


def prepare(step: str, image: Image) -> Page:
    """The page that the engines see; ``default`` is what the program does, boxes in the photograph's own fractions."""
    height, width = image.shape
    if step == DEFAULT:
        return prepare_page(image, 1, PageSize(width, height, 0), PageSettings())
    prepared = np.ascontiguousarray(erase_grid(STEPS[step](image)))
    height, width = prepared.shape
    return Page(1, prepared, PageSize(width, height, 0), Transform.scale(width, height))


def decode(path: Path) -> Image:
    """The first page of ``path``, upright and grey, nothing else done."""
    with Pictures.open(path) as picture:
        return to_grey(ImageOps.exif_transpose(picture))


def score(reading: Reading, truth: Counter[str], cpu_s: float) -> Score:
    read = Counter(reading.text.casefold().split())
    return Score((read & truth).total(), read.total(), truth.total(), cpu_s)


def spent() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def judge(reading: Reading, truth: Mapping[str, str | None]) -> tuple[bool, ...]:
    """Which of ``FIELDS`` are right; a document that has none of that name counts as right if none is found."""
    extractors = load_extractors(ExtractSettings())
    fields = find_fields(ExtractContext((reading,), {}, Memory(), TODAY), extractors)
    found = [format_value(field.value) if (field := fields[name]) else None for name in FIELDS]
    return tuple(value == truth.get(name) for name, value in zip(FIELDS, found, strict=True))


def measure(folder: Path, step: str, entry: dict[str, Any]) -> Result:
    if not _engines:
        _engines.update({name: load_engine(name, OcrSettings()) for name in ENGINES})
    truth = Counter(word.casefold() for word in entry["words"])
    image = decode(folder / str(entry["file"]))
    begun = spent()
    page = prepare(step, image)
    scores = {"preparation": Score(0, 0, 0, spent() - begun)}
    changed = not np.array_equal(page.image, erase_grid(cap(image)))
    readings = []
    for name in ENGINES:
        begun = spent()
        readings.append(_engines[name].read(page))
        scores[name] = score(readings[-1], truth, spent() - begun)
    fused = replace(fuse_readings(*readings), engine="fused")
    return Result(scores | {"fused": score(fused, truth, 0.0)}, judge(fused, entry["fields"]), changed)


def show_f1(scores: list[Score]) -> str:
    right, read, truth, _ = (sum(column) for column in zip(*scores, strict=True))
    return f"{2 * right / max(1, read + truth):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--photos", type=int, default=0, help="instead of a folder: so many generated photographs")
    parser.add_argument("--seed", type=int, default=5000, help="of the first photograph")
    parser.add_argument("--every", type=int, default=6, help="take every n-th document")
    parser.add_argument("--steps", default=",".join((*STEPS, DEFAULT)))
    parser.add_argument("--processes", type=int, default=2)
    args = parser.parse_args()
    if (args.folder is None) == (args.photos == 0):
        parser.error("name a folder, or ask for photographs")
    with ExitStack() as stack:
        if args.photos:
            args.folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="invoicewatch-photos-")))
            make_photographs(args.folder, args.photos, args.seed)
        print_table(args, list_entries(args.folder, 1 if args.photos else args.every))


def make_photographs(folder: Path, count: int, seed: int) -> None:
    kinds = [Kind.INVOICE, Kind.RECEIPT]
    for _ in write_samples(folder, count, seed, PHOTO, kinds, [Form.JPEG]):
        pass


def list_entries(folder: Path, every: int) -> list[dict[str, Any]]:
    """Every so many-th document that has one page and a true text."""
    lines = (folder / TRUTH_NAME).read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    return [entry for entry in entries if entry.get("words") and entry.get("pages", 1) == 1][::every]


def print_table(args: argparse.Namespace, entries: list[dict[str, Any]]) -> None:
    print(f"{len(entries)} documents, {time.strftime('%Y-%m-%d')}\n")
    print("| step | changed | F1 Tesseract | F1 RapidOCR | F1 fused | total | date | preparation s | both engines s |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    with ProcessPoolExecutor(args.processes) as pool:
        for step in args.steps.split(","):
            found = list(pool.map(partial(measure, args.folder, step), entries))
            f1 = [show_f1([result.scores[name] for result in found]) for name in (*ENGINES, "fused")]
            right = [f"{sum(result.right[n] for result in found)}" for n in range(len(FIELDS))]
            cpu = [
                sum(result.scores[part].cpu_s for result in found) / len(found) for part in ("preparation", *ENGINES)
            ]
            changed = sum(result.changed for result in found)
            print(
                f"| {step} | {changed} | {' | '.join((*f1, *right))} | {cpu[0]:.3f} | {cpu[1] + cpu[2]:.2f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
