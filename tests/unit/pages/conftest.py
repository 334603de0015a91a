"""Documents of every kind, made on the spot."""

import hashlib
from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from invoicewatch.config.settings import PageSettings
from invoicewatch.pages.load import open_pages
from invoicewatch.records import Document

ARRIVED = datetime(2026, 1, 2, tzinfo=UTC)
PROSE = (
    "Invoice 4711 of 3 March 2026",
    "Please settle the following amount within fourteen days",
    "Consulting and travel 1,200.00",
    "Total due 1,428.00 EUR",
)


@pytest.fixture
def make_document():
    def make(content, name="scan.bin"):
        return Document(f"/in/{name}", content, hashlib.sha256(content).hexdigest(), "", ARRIVED)

    return make


@pytest.fixture
def open_bytes(make_document):
    def open_(content, name="scan.bin", max_bytes=10_000_000, **settings):
        return open_pages(make_document(content, name), PageSettings(**settings), max_bytes=max_bytes)

    return open_


@pytest.fixture
def picture():
    """A page 300 by 200 pixels, white with a black bar along its upper edge."""
    image = Image.new("L", (300, 200), 255)
    ImageDraw.Draw(image).rectangle((0, 0, 299, 19), fill=0)
    return image


@pytest.fixture
def encode():
    def encode_(image, kind, **options):
        buffer = BytesIO()
        image.save(buffer, kind, **options)
        return buffer.getvalue()

    return encode_


@pytest.fixture
def make_pdf():
    """A PDF of one page a text; ``before`` and ``after`` are drawn around the text, ``mode`` is its render mode."""

    def make(*pages, lines=PROSE, rotate=0, mode=0, before="", after="", extra="", size=(595, 842)):
        return build_pdf(pages or (lines,), rotate, mode, before, after, extra, size)

    return make


@pytest.fixture
def make_objects_pdf():
    """A PDF of one page with ``content``, and other objects from number 6 on; 3 is Helvetica."""

    def make(content="", *objects, page="", catalog="", fonts="", size=(595, 842)):
        first = [
            f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
            "<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] {page} "
                f"/Resources << /Font << /F1 3 0 R {fonts} >> >> /Contents 5 0 R >>"
            ),
            make_stream(content),
        ]
        return assemble([*first, *objects])

    return make


def make_stream(content: str, entries: str = "") -> str:
    return f"<< {entries} /Length {len(content)} >>\nstream\n{content}\nendstream"


def build_pdf(pages, rotate, mode, before, after, extra, size):
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    pixel = (
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
    )
    objects.append(f"{pixel}\nstream\n\xc8\nendstream")
    kids = []
    for lines in pages:
        text = "".join(f"1 0 0 1 72 {size[1] - 100 - 20 * n} Tm ({line}) Tj\n" for n, line in enumerate(lines))
        content = f"{before}\nBT /F1 11 Tf {mode} Tr\n{text}ET\n{after}"
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        resources = "<< /Font << /F1 3 0 R >> /XObject << /Im 4 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Rotate {rotate} "
            f"/Resources {resources} /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    return assemble(objects, extra)


def assemble(objects: list[str], extra: str = "") -> bytes:
    """The file of these objects (text in Latin-1), numbered from 1; the first is the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {extra} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
