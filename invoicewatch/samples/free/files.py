"""Free samples as files, each with its truth."""

from __future__ import annotations

from random import Random

from invoicewatch.samples.files.pdf import render_pdf
from invoicewatch.samples.free.sample import make_free_sample
from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.reading import read_sheets
from invoicewatch.samples.truth import list_words
from invoicewatch.samples.write import PICTURES, Form, Sample, choose_form, scan_sheets

_KINDS = frozenset({Kind.INVOICE, Kind.CREDIT_NOTE, Kind.RECEIPT})


def make_free_file(
    seed: int,
    kind: Kind | None = None,
    form: Form | None = None,
    grade: int | None = None,
    language: str | None = None,
) -> Sample:
    """Make one sample in a layout of its own; what is None is drawn by the seed.

    There are no letters among them, and no XML: a kind that they lack becomes an invoice, an e-invoice a text PDF.
    """
    if kind is not None and kind not in _KINDS:
        kind = Kind.INVOICE
    sample = make_free_sample(seed, kind, language)
    spec = sample.bill.spec
    rng = Random(f"invoicewatch free file {seed}")
    form = choose_form(spec, form, len(sample.sheets), rng)
    form = form if form in PICTURES else Form.TEXT_PDF
    drawn_grade = rng.choice((0, 1, 1, 2))
    grade = (drawn_grade if grade is None else grade) if form in PICTURES else 0
    if form in PICTURES:
        content = scan_sheets(sample.sheets, spec, form, grade, thermal=sample.bill.at_till)
    else:
        content = render_pdf(sample.sheets, spec.issue_date)
    name = f"{seed:05d}-free-{spec.kind.replace('_', '-')}-{spec.language}.{form}"
    truth = {
        "pages": len(sample.sheets),
        "fields": sample.fields,
        "words": list_words(read_sheets(sample.sheets)),
        "kind": spec.kind.value,
        "layout": "free",
        "form": form.name.lower(),
        "grade": grade,
        "seed": seed,
    }
    return Sample(name, content, {"file": name, **truth})
