"""Good documents and bad ones, in bytes."""

import struct
import zlib

from fpdf import FPDF

from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.write import Form, make_sample

RECEIPT = make_sample(17, Kind.RECEIPT, Form.JPEG, 0)
TEXT_PDF = make_sample(2, Kind.INVOICE, Form.TEXT_PDF)
TIFF = make_sample(8, Kind.INVOICE, Form.TIFF, 1)


def lock_pdf():
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    pdf.cell(text="Total 12.00")
    pdf.set_encryption(owner_password="owner", user_password="user")
    return bytes(pdf.output())


def pack_png_bomb():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1_000_000))) + chunk(b"IEND", b"")


def write_page_tree(kids, count):
    """A PDF of nothing but a page tree; readers rebuild the missing table of objects."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[" + kids + b"]/Count " + count + b">>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


BAD = {
    "locked.pdf": lock_pdf(),
    "cut.jpg": RECEIPT.content[: len(RECEIPT.content) // 2],
    "cut.pdf": make_sample(8, Kind.INVOICE, Form.SCANNED_PDF, 0).content[:30_000],
    "cut.tiff": TIFF.content[:30_000],
    "empty.pdf": b"",
    "empty.png": b"",
    "letter.jpg": b"This is no picture.\n" * 20,
    "page.pdf": b"<html><body>Total 12.00</body></html>",
    "noise.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 20,
    "bomb.png": pack_png_bomb(),
    "promises.pdf": write_page_tree(b"3 0 R", b"1000000"),
    "ouroboros.pdf": write_page_tree(b"2 0 R", b"1"),
}
GOOD = {"receipt.jpg": RECEIPT, "invoice.pdf": TEXT_PDF, "invoice.tiff": TIFF}
