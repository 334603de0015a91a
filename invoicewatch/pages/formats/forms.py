"""What was typed into a PDF's form and stamped onto its pages, made part of the page.

Values of form fields and annotations stand outside a page's content, where neither its text nor its pictures are found;
a viewer draws them on top. Here they are drawn into the page in memory first, so that all that reads it sees one page.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

from invoicewatch.pages.formats.attachments import EmbeddedFile, read_pinned_file
from invoicewatch.records import Box, Word

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_ANNOTATIONS = 5_000
"""Of one page; what a page has more of is left as it is, and neither drawn nor read."""

_UNSEEN = pdfium.raw.FPDF_ANNOT_FLAG_HIDDEN | pdfium.raw.FPDF_ANNOT_FLAG_NOVIEW
_VALUED = frozenset({pdfium.raw.FPDF_FORMFIELD_TEXTFIELD, pdfium.raw.FPDF_FORMFIELD_COMBOBOX})
_PASSWORD = 1 << 13  # ISO 32000-1, table 228: shown as asterisks
_MAX_CHARS = 2_000  # of one value; longer ones are prose, whose place is not known word by word
_LINE_SHARE = 0.6  # of a field's height that its print takes


@dataclass(frozen=True, slots=True)
class TypedValue:
    """What a field of a form holds, and its corners in the page's own coordinates."""

    text: str
    corners: tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Annotations:
    """What the annotations of a page held before they became part of it: values of fields, and files."""

    values: tuple[TypedValue, ...] = ()
    files: tuple[EmbeddedFile, ...] = ()


def open_form(pdf: pdfium.PdfDocument) -> tuple[str, ...]:
    """Make the form of ``pdf``, if it has one, ready to be drawn; the caller holds pdfium's lock and has no page yet.

    Returns:
        Notes for the record: a form that only some viewers show, or one that is broken and is not drawn.
    """
    raw = pdfium.raw
    try:
        pdf.init_forms()
    except pdfium.PdfiumError as exc:
        return (f"the form in it cannot be read: {exc}",)
    if pdf.get_formtype() in {raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND}:
        return ("it is an XFA form, of which only the pages for other viewers were read",)
    return ()


def merge_annotations(pdf: pdfium.PdfDocument, page: pdfium.PdfPage) -> tuple[Annotations, bool]:
    """Draw the annotations of ``page`` into its content; the caller holds pdfium's lock.

    Returns:
        What they held, and whether the page was changed and must be loaded anew.
    """
    raw = pdfium.raw
    count = raw.FPDFPage_GetAnnotCount(page)
    if not 0 < count <= MAX_ANNOTATIONS:
        return Annotations(), False
    kinds: set[int] = set()
    values: list[TypedValue | None] = []
    files: list[EmbeddedFile | None] = []
    for annotation in _iterate_annotations(page, count):
        kinds.add(raw.FPDFAnnot_GetSubtype(annotation))
        values.append(_read_value(pdf, annotation))
        files.append(read_pinned_file(annotation))
    found = Annotations(tuple(filter(None, values)), tuple(filter(None, files)))
    if not kinds - {raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP}:
        return found, False
    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    return found, True


def place_values(
    words: Sequence[Word],
    values: Sequence[TypedValue],
    to_box: Callable[[Sequence[tuple[float, float]]], Box | None],
    engine: str,
) -> list[Word]:
    """The page's words, with those of form fields as they were typed.

    A field that prints one character a cell (a comb) is one word of the value, not as many as it has cells; a value
    that no program has drawn yet stands where it would be drawn.
    """
    kept = list(words)
    for value in values:
        box = to_box(value.corners)
        if box is None:
            continue
        inside = [word for word in kept if box.holds(word.box)]
        if inside and _squeeze(word.text for word in inside) != _squeeze(value.text):
            continue  # what is drawn is what people see
        if [word.text for word in inside] == value.text.split():
            continue
        kept = [word for word in kept if word not in inside]
        kept.extend(_spread(value.text, Box.around(word.box for word in inside) if inside else box, engine))
    return kept


def _iterate_annotations(page: pdfium.PdfPage, count: int) -> Iterator[pdfium.raw.FPDF_ANNOTATION]:
    for index in range(count):
        annotation = pdfium.raw.FPDFPage_GetAnnot(page, index)
        if annotation:
            try:
                yield annotation
            finally:
                pdfium.raw.FPDFPage_CloseAnnot(annotation)


def _read_value(pdf: pdfium.PdfDocument, annotation: pdfium.raw.FPDF_ANNOTATION) -> TypedValue | None:
    """What a text field that can be seen holds; None for everything else."""
    raw = pdfium.raw
    if pdf.formenv is None or raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
        return None
    kind = raw.FPDFAnnot_GetFormFieldType(pdf.formenv, annotation)
    if kind not in _VALUED or raw.FPDFAnnot_GetFormFieldFlags(pdf.formenv, annotation) & _PASSWORD:
        return None
    text, rect = _read_text(pdf, annotation), raw.FS_RECTF()
    if not text or not raw.FPDFAnnot_GetRect(annotation, rect):
        return None
    return TypedValue(text, ((rect.left, rect.bottom), (rect.right, rect.top)))


def _read_text(pdf: pdfium.PdfDocument, annotation: pdfium.raw.FPDF_ANNOTATION) -> str:
    raw = pdfium.raw
    length = raw.FPDFAnnot_GetFormFieldValue(pdf.formenv, annotation, None, 0)
    if not 0 < length <= 2 * _MAX_CHARS:
        return ""
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFAnnot_GetFormFieldValue(
        pdf.formenv, annotation, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length
    )
    return buffer.raw[:length].decode("utf-16-le", "replace").rstrip("\0").strip()


def _squeeze(texts: Iterator[str] | str) -> str:
    return "".join("".join(texts).split())


def _spread(text: str, box: Box, engine: str) -> Iterator[Word]:
    """Words side by side in ``box``, line below line, each as wide as its share of the longest line."""
    lines = [line for line in text.splitlines() if line.strip()]
    longest = max(map(len, lines))
    high = box.height / len(lines)
    for number, line in enumerate(lines):
        top = box.y0 + number * high + high * (1 - _LINE_SHARE) / 2
        start = 0
        for word in line.split():
            start = line.index(word, start)
            left = box.x0 + box.width * start / longest
            start += len(word)
            right = box.x0 + box.width * start / longest
            yield Word(word, Box(left, top, right, top + high * _LINE_SHARE), 100.0, engine)
