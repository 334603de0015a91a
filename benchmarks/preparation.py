#!/usr/bin/env python3
"""What each step of preparation is worth: word F1 of both engines and of the fusion, and seconds of CPU a page.

    benchmarks/preparation.py FOLDER [--every 6] [--steps none,deskew,...]

FOLDER holds images and a truth.jsonl whose lines have "file" and "words". F1 is order-free and case-folded. The row
``none`` only decodes and caps the width; every other row adds one step to it. Seconds are CPU time, children
included, so that other work on the machine hardly matters.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from invoicewatch.config.settings import OcrSettings, PageSettings
from invoicewatch.ocr.engines import load_engine
from invoicewatch.ocr.fuse import fuse_readings
from invoicewatch.pages.deskew import find_skew, level_lines
from invoicewatch.pages.load import open_pages
from invoicewatch.records import Document, OcrEngine, Page, PageSize, Reading, Transform

Image = NDArray[np.uint8]
ENGINES = ("tesseract", "rapidocr")
DARK = 90
MOSTLY = 0.6
_engines: dict[str, OcrEngine] = {}


class Score(NamedTuple):
    """Words right, words read, words in truth, and seconds of CPU."""

    right: int
    read: int
    truth: int
    cpu_s: float


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
    "none": lambda image: image,
    "deskew": deskew,
    "background": flatten_background,
    "crop": crop_borders,
    "denoise": denoise,
    "stretch": stretch,
    "enlarge 1.5": enlarge,
}


def decode(path: Path) -> Image:
    """The first page of ``path``, its width capped and nothing else done."""
    document = Document(str(path), path.read_bytes(), "", "", datetime.now(UTC))
    source = open_pages(document, PageSettings(deskew=False), max_bytes=10**9)
    image: Image = source.load(1).image
    source.close()
    return image


def score(reading: Reading, truth: Counter[str], cpu_s: float) -> Score:
    read = Counter(reading.text.casefold().split())
    return Score((read & truth).total(), read.total(), truth.total(), cpu_s)


def spent() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def measure(folder: Path, step: str, entry: dict[str, object]) -> dict[str, Score]:
    if not _engines:
        _engines.update({name: load_engine(name, OcrSettings()) for name in ENGINES})
    words = entry["words"]
    assert isinstance(words, list)
    truth = Counter(str(word).casefold() for word in words)
    image = decode(folder / str(entry["file"]))
    begun = spent()
    prepared = np.ascontiguousarray(STEPS[step](image))
    height, width = prepared.shape
    page = Page(1, prepared, PageSize(width, height, 0), Transform.scale(width, height))
    scores = {"preparation": Score(0, 0, 0, spent() - begun)}
    readings = []
    for name in ENGINES:
        begun = spent()
        readings.append(_engines[name].read(page))
        scores[name] = score(readings[-1], truth, spent() - begun)
    fused = replace(fuse_readings(*readings), engine="fused")
    return scores | {"fused": score(fused, truth, 0.0)}


def show_f1(scores: list[Score]) -> str:
    right, read, truth, _ = (sum(column) for column in zip(*scores, strict=True))
    return f"{2 * right / max(1, read + truth):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=6, help="take every n-th document")
    parser.add_argument("--steps", default=",".join(STEPS))
    parser.add_argument("--processes", type=int, default=2)
    args = parser.parse_args()
    lines = (args.folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [entry for line in lines if (entry := json.loads(line)).get("words")][:: args.every]
    print(f"{len(entries)} documents, {time.strftime('%Y-%m-%d')}\n")
    print("| step | F1 Tesseract | F1 RapidOCR | F1 fused | preparation s | Tesseract s | RapidOCR s |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with ProcessPoolExecutor(args.processes) as pool:
        for step in args.steps.split(","):
            found = list(pool.map(partial(measure, args.folder, step), entries))
            f1 = [show_f1([scores[name] for scores in found]) for name in (*ENGINES, "fused")]
            parts = ("preparation", *ENGINES)
            cpu = [f"{sum(scores[part].cpu_s for scores in found) / len(found):.3f}" for part in parts]
            print(f"| {step} | {' | '.join((*f1, *cpu))} |", flush=True)


if __name__ == "__main__":
    main()
