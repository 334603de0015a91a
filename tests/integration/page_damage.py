"""Files damaged at random, read as a worker reads them: each is read or is a DocumentError, nothing else happens."""

import subprocess
import sys
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from random import Random

import pypdfium2 as pdfium
from PIL import Image
from pillow_heif import from_pillow

from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.write import Form, make_sample
from tests.unit.pages.conftest import assemble

CODES = frozenset({"read", "corrupt", "truncated", "unsupported", "encrypted", "too_many_pixels", "empty"})
ADDRESS_SPACE = 3_000_000_000

READ = """
import resource, sys, warnings
from datetime import UTC, datetime
from pathlib import Path
from invoicewatch.config.settings import PageSettings
from invoicewatch.errors import DocumentError
from invoicewatch.pages.load import open_pages
from invoicewatch.records import Document

warnings.simplefilter("ignore")
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]),) * 2)
for path in map(Path, sys.argv[2:]):
    print(path.name, end=" ", flush=True)
    try:
        source = open_pages(Document(str(path), path.read_bytes(), "", "", datetime.now(UTC)),
                            PageSettings(max_width=600, max_pages=3, max_pixels=20_000_000), max_bytes=10**8)
        for number in range(1, len(source.sizes) + 1):
            source.read_text_layer(number)
            source.find_odd_words(number)
            source.load(number)
        dict(source.attachments), source.attached
        source.close()
        print("read", flush=True)
    except DocumentError as exc:
        print(exc.code, flush=True)
"""


def read_damaged(folder: Path, whole: Mapping[str, bytes], seed: int, rounds: int) -> set[str]:
    """Damage each file ``rounds - 1`` times and read them all, the whole ones too, in one process under limits.

    Returns:
        What became of them: ``read``, or the code of a DocumentError.

    Raises:
        AssertionError: The process died, ended early, or a whole file was not read.
    """
    rng = Random(seed)
    paths = []
    for kind, content in whole.items():
        for number in range(rounds):
            paths.append(folder / f"{number:03d}.{kind}")
            paths[-1].write_bytes(damage(content, rng) if number else content)
    command = [sys.executable, "-c", READ, str(ADDRESS_SPACE), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    outcomes = [line.split() for line in done.stdout.splitlines()]
    assert done.returncode == 0, f"{outcomes[-1:]}: {done.stderr[-2000:]}"
    assert [path.name for path in paths] == [name for name, _ in outcomes]
    assert ["read"] * len(whole) == [code for name, code in outcomes if name.startswith("000.")]
    return {code for _, code in outcomes}


def make_whole() -> dict[str, bytes]:
    """One small file of each kind that is read."""
    png = make_sample(17, Kind.RECEIPT, Form.PNG, 1).content
    page = Image.open(BytesIO(png)).convert("L").resize((300, 600))
    facturx = make_sample(7, Kind.INVOICE, Form.FACTURX).content
    return {
        "png": _encode(page, "PNG"),
        "palette.png": _encode(page.convert("P"), "PNG"),
        "jpg": _encode(page.convert("RGB"), "JPEG"),
        "cmyk.jpg": _encode(page.convert("RGB").convert("CMYK"), "JPEG"),
        "progressive.jpg": _encode(page, "JPEG", progressive=True),
        "jpeg.tiff": _encode(page, "TIFF", save_all=True, append_images=[page] * 2, compression="jpeg"),
        "fax.tiff": _encode(page.convert("1"), "TIFF", compression="group4"),
        "lzw.tiff": _encode(page.convert("RGB"), "TIFF", compression="tiff_lzw"),
        "raw.tiff": _encode(page, "TIFF", save_all=True, append_images=[page]),
        "bmp": _encode(page.convert("RGB"), "BMP"),
        "webp": _encode(page.convert("RGB"), "WEBP"),
        "lossless.webp": _encode(page, "WEBP", lossless=True),
        "heic": _make_heic(page),
        "text.pdf": facturx,
        "scan.pdf": _encode(page, "PDF"),
        "form.pdf": _make_form_pdf(),
        "portfolio.pdf": _make_portfolio(facturx),
    }


def _make_form_pdf() -> bytes:
    """A field without an appearance, a file pinned to the page and associated with it."""
    field = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (total) /V (4.00) /Rect [300 700 480 718] /DA (/F1 11 Tf) >>"
    pin = "<< /Type /Annot /Subtype /FileAttachment /Rect [20 20 40 40] /FS 8 0 R >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] /DR << /Font << /F1 3 0 R >> >> >> /AF [8 0 R] >>",
        "<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [6 0 R 7 0 R] /Contents 5 0 R >>",
        "<< /Length 0 >>\nstream\n\nendstream",
        field,
        pin,
        "<< /Type /Filespec /F (bill.xml) /EF << /F 9 0 R >> >>",
        "<< /Type /EmbeddedFile /Length 5 >>\nstream\n<bil>\nendstream",
    ]
    return bytes(assemble(objects))


def _make_portfolio(document: bytes) -> bytes:
    pdf = pdfium.PdfDocument.new()
    pdf.new_page(300, 400)
    pdf.new_attachment("bill.pdf").set_data(document)
    buffer = BytesIO()
    pdf.save(buffer)
    pdf.close()
    return buffer.getvalue().replace(b"/Type/Catalog", b"/Type/Catalog/Collection<</View/D>>")


def damage(content: bytes, rng: Random) -> bytes:
    """Bytes changed, cut out, doubled, cut off or set to extremes; more often in the first part, where headers are."""
    data = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        reach = rng.choice((64, 512, len(data)))
        at = rng.randrange(max(1, min(reach, len(data))))
        way = rng.randrange(6)
        if way == 0:
            data[at : at + 1] = bytes([rng.randrange(256)])
        elif way == 1:
            data[at : at + 4] = rng.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\xff\xff"))
        elif way == 2:
            del data[at : at + rng.randrange(1, 40)]
        elif way == 3:
            data[at:at] = data[at : at + rng.randrange(1, 200)]
        elif way == 4:
            del data[rng.randrange(len(data) // 2, len(data)) :]
        else:
            data[at : at + 8] = rng.randbytes(8)
    return bytes(data)


def _encode(image, kind, **options):
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def _make_heic(image):
    buffer = BytesIO()
    from_pillow(image.convert("RGB")).save(buffer, quality=60)
    return buffer.getvalue()
