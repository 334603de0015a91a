"""Sparse two-column invoices, badly scanned: are labels and amounts half a page apart kept in one row?

    .venv/bin/python -m benchmarks.sparse OUT --count 40 --seed 1 [--read]

Writes the scans and their ``truth.jsonl`` into OUT. Each has few words, labels at the left, amounts far to their right
and thin rules between; it lies up to 2.5 degrees askew under uneven light. With ``--read`` every scan is read by the
whole road, and the sums that came out are compared with the truth.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image, ImageFilter

from invoicewatch.config import load_config
from invoicewatch.pipeline import process
from invoicewatch.records import Memory, format_value
from invoicewatch.samples.files.fonts import Face
from invoicewatch.samples.files.picture import render_picture
from invoicewatch.samples.files.sheet import A4, Pen, Sheet
from invoicewatch.samples.invent.document import make_spec
from invoicewatch.samples.invent.formats import write_date
from invoicewatch.samples.invent.invoice import InvoiceSpec, Kind
from invoicewatch.samples.layouts.totals import list_totals
from invoicewatch.samples.reading import read_sheets
from invoicewatch.samples.truth import list_fields
from invoicewatch.wiring import build_tools
from invoicewatch.workers.inputs import read_document

MAX_SKEW = 2.5  # degrees
DPI = 200
SUMS = ("total", "net_total", "tax_total")
_FACES = ((Face.SANS, Face.SANS_BOLD), (Face.SERIF, Face.SERIF_BOLD))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--read", action="store_true")
    args = parser.parse_args()
    truths = write_scans(args.out, range(args.seed, args.seed + args.count))
    if args.read:
        _read_all(args.out, truths)
    return 0


def write_scans(folder: Path, seeds: range) -> dict[str, dict[str, str | None]]:
    """Write one scan a seed and their truth; returns the true fields by file name."""
    folder.mkdir(parents=True, exist_ok=True)
    truths = {}
    for seed in seeds:
        spec = make_spec(seed, Kind.INVOICE)
        sheet = draw_sparse(spec, Random(f"invoicewatch sparse {seed}"))
        name = f"sparse-{seed:04}.png"
        scan_badly(render_picture(sheet, DPI), seed).save(folder / name)
        truths[name] = list_fields(spec, read_sheets((sheet,)))
    lines = [json.dumps({"file": name, "fields": fields}, ensure_ascii=False) for name, fields in truths.items()]
    (folder / "truth.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return truths


def draw_sparse(spec: InvoiceSpec, rng: Random) -> Sheet:
    """A page with a seller, a title, one line for each of few items, and the sums; all amounts far right."""
    face, bold = rng.choice(_FACES)
    pen = Pen(*A4, face=face, bold=bold, size=rng.uniform(8.5, 10.5))
    left, right = rng.uniform(45, 90), rng.uniform(470, 550)
    step, y = pen.size * rng.uniform(1.35, 2.1), rng.uniform(50, 80)
    pen.write(left, y, spec.seller.name, bold=True)
    pen.write(left, y + step, f"{spec.seller.street}, {spec.seller.city}")
    y = rng.uniform(130, 260)
    pen.write(left, y, f"{spec.labels['title']} {spec.number}", bold=True, size=pen.size * 1.4)
    day = write_date(spec.issue_date, spec.date_style, spec.language)
    pen.write(left, y + 2 * step, f"{spec.labels['date']} {day}")
    y += 4.5 * step
    for item in spec.items[: rng.randint(1, 3)]:
        pen.write(left, y, item.text, room=(right - left) / 2)
        y += step
    y += rng.uniform(1, 4) * step
    indent = rng.choice((0.0, 0.35, 0.5)) * (right - left)
    for row in list_totals(spec):
        pen.write(left + indent, y, row.label, bold=row.strong)
        pen.write(right, y, spec.money.write(row.amount), align="right", bold=row.strong)
        if rng.random() < 0.5:  # noqa: PLR2004 - every other row
            pen.rule(left + indent, y + 0.3 * step, right, y + 0.3 * step, rng.uniform(0.2, 0.5))
        y += step
    return pen.finish()


def scan_badly(page: Image.Image, seed: int) -> Image.Image:
    """Turn, blur, shade and grain a page, and press it as a careless copier does."""
    rng = np.random.default_rng([seed, 97])
    turned = page.rotate(rng.uniform(-MAX_SKEW, MAX_SKEW), Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    pixels = np.asarray(turned.filter(ImageFilter.GaussianBlur(rng.uniform(0.7, 1.1))), np.float32)
    across, down = (np.linspace(0, 1, side, dtype=np.float32) for side in pixels.shape[::-1])
    angle, shade = rng.uniform(0, 2 * np.pi), rng.uniform(30, 60)
    light = np.cos(angle) * across[None, :] + np.sin(angle) * down[:, None]
    pixels = 0.92 * (pixels - shade * (light - light.min()) / np.ptp(light))
    pixels += rng.normal(6, rng.uniform(4, 9), pixels.shape).astype(np.float32)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _read_all(folder: Path, truths: dict[str, dict[str, str | None]]) -> None:
    """Read every scan and print what share of the sums is right, and each that is not."""
    tools = build_tools(load_config().config)
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for name, truth in truths.items():
        document = read_document(folder / name, sys.maxsize)
        found = process(document, tools, Memory(), date.today())[0].fields  # noqa: DTZ011 - a day is enough
        for key in SUMS:
            if truth[key] is None:
                continue
            field = found.get(key)
            value = format_value(field.value) if field else None
            asked[key] += 1
            right[key] += _is_same(value, truth[key])
            if not _is_same(value, truth[key]):
                print(f"{name}: {key} {value}, should be {truth[key]}")
    print("  ".join(f"{key} {right[key]}/{asked[key]}" for key in SUMS))


def _is_same(value: str | None, truth: str | None) -> bool:
    return value is not None and truth is not None and Decimal(value) == Decimal(truth)


if __name__ == "__main__":
    sys.exit(main())
