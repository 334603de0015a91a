"""Samples as files, each with its truth."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image  # noqa: TC002  (light, and already loaded by its neighbours)

from invoicewatch.records import Reading, format_value
from invoicewatch.samples.files.cii import write_cii
from invoicewatch.samples.files.pdf import render_pdf, wrap_scans
from invoicewatch.samples.files.picture import render_picture
from invoicewatch.samples.files.sheet import Sheet
from invoicewatch.samples.files.ubl import write_ubl
from invoicewatch.samples.invent.document import make_spec
from invoicewatch.samples.invent.invoice import InvoiceSpec, Kind
from invoicewatch.samples.layouts.catalogue import LAYOUTS, choose_layout
from invoicewatch.samples.paper.degrade import PHOTO, degrade
from invoicewatch.samples.reading import read_sheets
from invoicewatch.samples.truth import list_fields, list_words, spell_vat_id

TRUTH_NAME = "truth.jsonl"
_A4_DPI = 200
_RECEIPT_DPI = 250
_UNKNOWN_DPI = 72  # what phones write


class Form(StrEnum):
    """What kind of file a sample becomes; the value is the file's ending."""

    PNG = "png"
    JPEG = "jpg"
    TIFF = "tiff"
    SCANNED_PDF = "scan.pdf"
    TEXT_PDF = "pdf"
    FACTURX = "facturx.pdf"
    CII = "cii.xml"
    UBL = "ubl.xml"


PICTURES = frozenset({Form.PNG, Form.JPEG, Form.TIFF, Form.SCANNED_PDF})
# Formats that hold one page only; a longer document becomes a TIFF instead.
_SINGLE_PAGE = frozenset({Form.PNG, Form.JPEG})
_E_INVOICES = frozenset({Form.FACTURX, Form.CII, Form.UBL})
_WITHOUT_PAGES = frozenset({Form.CII, Form.UBL})


@dataclass(frozen=True, slots=True)
class Sample:
    """One finished file: its name, its bytes, and its line of ``truth.jsonl``."""

    name: str
    content: bytes
    truth: dict[str, Any]


Maker = Callable[[int, Kind | None, Form | None, int | None], Sample]


def make_sample(seed: int, kind: Kind | None = None, form: Form | None = None, grade: int | None = None) -> Sample:
    """Make one sample; what is None is drawn by the seed. A text PDF or an e-invoice has no grade.

    E-invoices are invoices and credit notes only: another kind asked for with such a form becomes a text PDF.
    """
    spec = make_spec(seed, kind)
    layout = choose_layout(spec)
    sheets = LAYOUTS[layout].draw(spec)
    rng = Random(f"invoicewatch file {seed}")
    form = choose_form(spec, form, len(sheets), rng)
    drawn_grade = rng.choice((0, 1, 1, 2))
    grade = (drawn_grade if grade is None else grade) if form in PICTURES else 0
    name = f"{seed:05d}-{spec.kind.replace('_', '-')}-{spec.language}.{form}"
    if form in PICTURES:
        content = scan_sheets(sheets, spec, form, grade, thermal=LAYOUTS[layout].thermal)
    elif form in _WITHOUT_PAGES:
        content = write_cii(spec) if form is Form.CII else write_ubl(spec)
    else:
        content = render_pdf(sheets, spec.issue_date, write_cii(spec) if form is Form.FACTURX else None)
    truth = _tell_truth(spec, read_sheets(sheets), form)
    truth |= {"kind": spec.kind.value, "layout": layout, "form": form.name.lower(), "grade": grade, "seed": seed}
    return Sample(name, content, {"file": name, **truth})


def write_samples(
    folder: Path,
    count: int,
    seed: int,
    grade: int | None = None,
    kinds: Sequence[Kind] = (),
    forms: Sequence[Form] = (),
    make: Maker = make_sample,
) -> Iterator[Sample]:
    """Write ``count`` samples and their ``truth.jsonl`` into a folder, yielding each once it is written.

    The samples are those of the seeds from ``seed`` on. ``kinds`` and ``forms`` are taken in turn; empty ones leave
    it to the seed. ``make`` makes each sample.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / TRUTH_NAME).open("w", encoding="utf-8") as truths:
        for number in range(count):
            kind = kinds[number % len(kinds)] if kinds else None
            # Forms turn one step later each time the kinds have come round, so that all pairs are met.
            form = forms[(number + number // max(1, len(kinds))) % len(forms)] if forms else None
            sample = make(seed + number, kind, form, grade)
            (folder / sample.name).write_bytes(sample.content)
            truths.write(json.dumps(sample.truth, ensure_ascii=False) + "\n")
            yield sample


def choose_form(spec: InvoiceSpec, wanted: Form | None, pages: int, rng: Random) -> Form:
    """What a document becomes: what is wanted, or drawn, where it can hold the kind and the pages."""
    if spec.kind is Kind.RECEIPT:
        drawn = rng.choice((Form.JPEG, Form.JPEG, Form.PNG, Form.SCANNED_PDF))
    else:
        drawn = rng.choice((Form.TIFF, Form.SCANNED_PDF, Form.JPEG, Form.PNG, Form.TEXT_PDF, Form.FACTURX))
    form = wanted or drawn
    if form in _E_INVOICES and spec.kind not in {Kind.INVOICE, Kind.CREDIT_NOTE}:
        return Form.TEXT_PDF
    return Form.TIFF if form in _SINGLE_PAGE and pages > 1 else form


def scan_sheets(sheets: Sequence[Sheet], spec: InvoiceSpec, form: Form, grade: int, *, thermal: bool) -> bytes:
    """Print pages and scan them at a grade, as one of ``PICTURES``; ``thermal`` paper is narrow and fades."""
    dpi = _RECEIPT_DPI if thermal else _A4_DPI
    pages = [
        degrade(render_picture(sheet, dpi), (spec.seed, number), grade, thermal=thermal)
        for number, sheet in enumerate(sheets)
    ]
    if form is Form.SCANNED_PDF:
        return wrap_scans(pages, dpi, spec.issue_date)
    return _encode(pages, form, _UNKNOWN_DPI if grade == PHOTO else dpi, grade)


def _encode(pages: list[Image.Image], form: Form, dpi: int, grade: int) -> bytes:
    buffer = io.BytesIO()
    first, *others = pages
    if form is Form.TIFF:
        # Noise does not compress without loss: scanners write JPEG inside TIFF.
        compression = "jpeg" if grade else "tiff_deflate"
        options: dict[str, Any] = {"save_all": True, "append_images": others, "compression": compression}
    else:
        options = {"quality": 85} if form is Form.JPEG else {"compress_level": 3}
    first.save(buffer, form.name, dpi=(dpi, dpi), **options)
    return buffer.getvalue()


def _tell_truth(spec: InvoiceSpec, readings: tuple[Reading, ...], form: Form) -> dict[str, Any]:
    fields = list_fields(spec, readings)
    if form in _E_INVOICES:
        fields |= {
            "seller_vat_id": spell_vat_id(spec),
            "iban": spec.seller.iban or None,
            "net_total": format_value(spec.stated.net_total),
            "tax_total": format_value(spec.stated.tax_total),
            "amount_due": format_value(spec.stated.amount_due),
        }
    if form in _WITHOUT_PAGES:
        return {"pages": 0, "fields": fields}
    return {"pages": len(readings), "fields": fields, "words": list_words(readings)}
