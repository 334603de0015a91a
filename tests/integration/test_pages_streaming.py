"""Long documents are read a page at a time: memory does not grow with their length."""

import ctypes
import subprocess
import sys
from io import BytesIO

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

MEASURE = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from invoicewatch.config.settings import PageSettings
from invoicewatch.pages.load import open_pages
from invoicewatch.records import Document

content = Path(sys.argv[1]).read_bytes()
document = Document(sys.argv[1], content, "", "", datetime.now(UTC))
source = open_pages(document, PageSettings(max_width=600), max_bytes=10**9)
peaks = []
for number in range(1, len(source.sizes) + 1):
    source.read_text_layer(number)
    source.load(number)
    peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
print(len(source.sizes), peaks[3], peaks[-1], *source.notes, sep="|")
"""


_LONGEST = 20


def make_pdf(pages):
    pdf = pdfium.PdfDocument.new()
    font = pdfium.raw.FPDFText_LoadStandardFont(pdf, b"Helvetica")
    for number in range(pages):
        page = pdf.new_page(595, 842)
        text = pdfium.raw.FPDFPageObj_CreateTextObj(pdf, font, 24)
        words = (ctypes.c_ushort * _LONGEST)(*map(ord, f"page {number + 1}"))  # the rest is zero, which ends it
        pdfium.raw.FPDFText_SetText(text, words)
        pdfium.raw.FPDFPage_InsertObject(page, text)
        page.gen_content()
        page.close()
    buffer = BytesIO()
    pdf.save(buffer)
    pdf.close()
    return buffer.getvalue()


def make_tiff(pages):
    noise = np.random.default_rng(1).integers(200, 255, (877, 620), dtype=np.uint8)
    page = Image.fromarray(noise)
    buffer = BytesIO()
    page.save(buffer, "TIFF", save_all=True, append_images=[page] * (pages - 1), compression="jpeg")
    return buffer.getvalue()


@pytest.mark.parametrize(("make", "pages", "kept"), [(make_pdf, 500, 300), (make_tiff, 320, 300)])
def test_memory_holds_a_page_whatever_the_length(tmp_path, make, pages, kept):
    file = tmp_path / "long"
    file.write_bytes(make(pages))
    command = [sys.executable, "-c", MEASURE, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=240)
    sizes, early, late, *notes = done.stdout.strip().split("|")
    assert int(sizes) == kept
    assert int(late) - int(early) < 40, "MB more after 300 pages than after 4"
    assert notes == [f"pages 301 to {pages} left out: max_pages is 300"]
