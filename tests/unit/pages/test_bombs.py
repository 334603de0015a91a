"""Small files that unfold into huge ones: refused by what their headers say, before anything is decoded."""

import resource
import struct
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from invoicewatch.errors import DocumentError

LONG, SHORT = 4, 3
WIDTH, LENGTH, BITS, COMPRESSION, PHOTOMETRIC, OFFSETS, SAMPLES, ROWS, COUNTS = (
    256,
    257,
    258,
    259,
    262,
    273,
    277,
    278,
    279,
)
TILE_WIDTH, TILE_LENGTH, TILE_OFFSETS, TILE_COUNTS = 322, 323, 324, 325
HUGE = 30_000


ROOM = 50_000  # kilobytes that the peak may grow by: what was refused was not unpacked


def measure_peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def pack_directory(entries, following=0):
    body = b"".join(
        struct.pack("<HHI", tag, kind, 1) + (struct.pack("<I", value) if kind == LONG else struct.pack("<HH", value, 0))
        for tag, (kind, value) in sorted(entries.items())
    )
    return struct.pack("<H", len(entries)) + body + struct.pack("<I", following)


def make_tiff(width, height, data=b"\0" * 1000, compression=1, **changes):
    """A TIFF of one grey strip that claims to be ``width`` by ``height``, whatever its data."""
    entries = {
        WIDTH: (LONG, width),
        LENGTH: (LONG, height),
        BITS: (SHORT, 8),
        COMPRESSION: (SHORT, compression),
        PHOTOMETRIC: (SHORT, 1),
        OFFSETS: (LONG, 0),
        SAMPLES: (SHORT, changes.get("samples", 1)),
        ROWS: (LONG, height),
        COUNTS: (LONG, len(data)),
    }
    entries[OFFSETS] = (LONG, 8 + len(pack_directory(entries)))
    return b"II*\0" + struct.pack("<I", 8) + pack_directory(entries) + data


def make_tiled_tiff(side):
    """A TIFF of 100 by 100 pixels in one tile of ``side`` by ``side``, for which a decoder makes room."""
    data = zlib.compress(b"\0" * 100_000)
    entries = {
        WIDTH: (LONG, 100),
        LENGTH: (LONG, 100),
        BITS: (SHORT, 8),
        COMPRESSION: (SHORT, 8),
        PHOTOMETRIC: (SHORT, 1),
        SAMPLES: (SHORT, 1),
        TILE_WIDTH: (LONG, side),
        TILE_LENGTH: (LONG, side),
        TILE_OFFSETS: (LONG, 0),
        TILE_COUNTS: (LONG, len(data)),
    }
    entries[TILE_OFFSETS] = (LONG, 8 + len(pack_directory(entries)))
    return b"II*\0" + struct.pack("<I", 8) + pack_directory(entries) + data


SMALL_PAGE = {
    WIDTH: 10,
    LENGTH: 10,
    BITS: 8,
    COMPRESSION: 1,
    PHOTOMETRIC: 1,
    OFFSETS: 8,
    SAMPLES: 1,
    ROWS: 10,
    COUNTS: 100,
}


def chain_directories(count, last=0):
    """A TIFF of ``count`` pages of 10 by 10 pixels that share their data; the last one leads to ``last``."""
    typed = {tag: (LONG, value) for tag, value in SMALL_PAGE.items()}
    size = len(pack_directory(typed))
    start = 8 + 100
    chain = b"".join(pack_directory(typed, start + size * (n + 1) if n < count - 1 else last) for n in range(count))
    return b"II*\0" + struct.pack("<I", start) + b"\x80" * 100 + chain


def make_png(width, height, extra=b""):
    header = pack_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    data = pack_chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + header + extra + data + pack_chunk(b"IEND", b"")


def pack_chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def encode(kind, size=(300, 200)):
    if kind == "HEIF":
        from pillow_heif import register_heif_opener

        register_heif_opener()
    buffer = BytesIO()
    pixels = np.random.default_rng(1).integers(0, 255, (*size[::-1], 3), dtype=np.uint8)
    Image.fromarray(pixels).save(buffer, kind)
    return buffer.getvalue()


def patch(content, after, skip, form, *values):
    """``content`` with numbers written over it, ``skip`` bytes after the end of ``after``."""
    at = content.index(after) + len(after) + skip
    return content[:at] + struct.pack(form, *values) + content[at + struct.calcsize(form) :]


def make_heic(width, height):
    return patch(encode("HEIF"), b"ispe", 4, ">II", width, height)


def make_picture_pdf(side, *, stamped=False):
    """A PDF of one A4 page whose one picture claims ``side`` by ``side`` pixels, in a form on it or stamped onto it."""
    data = zlib.compress(b"\xff" * 1_000_000)
    fill = b"q 595 0 0 842 0 0 cm /Im Do Q"
    page = b"/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /Form 5 0 R >> >>"
    if stamped:
        stamp = b"<< /Type /Annot /Subtype /Stamp /Rect [0 0 595 842] /F 4 /AP << /N 5 0 R >> >>"
        page = b"/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [%s]" % stamp
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /Im 6 0 R >> >>"
    picture = b"/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< %s /Contents 4 0 R >>" % page,
        b"<< /Length 8 >>\nstream\n/Form Do\nendstream",
        b"<< %s /Length %d >>\nstream\n%s\nendstream" % (form, len(fill), fill),
        b"<< %s /Width %d /Height %d /Length %d >>\nstream\n%s\nendstream" % (picture, side, side, len(data), data),
    ]
    body = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % item for item in enumerate(objects, 1))
    return body + b"trailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"


BOMBS = {
    "PNG": lambda: make_png(HUGE, HUGE),
    "PNG of all that a header can say": lambda: make_png(2**31 - 1, 2**31 - 1),
    "TIFF strip": lambda: make_tiff(HUGE, HUGE),
    "TIFF strip of all that a header can say": lambda: make_tiff(2**32 - 1, 2**32 - 1),
    "TIFF one pixel wide": lambda: make_tiff(1, 2**31 - 1),
    "TIFF tile": lambda: make_tiled_tiff(HUGE),
    "JPEG": lambda: patch(encode("JPEG"), b"\xff\xc0", 3, ">HH", HUGE, HUGE),
    "BMP": lambda: patch(encode("BMP"), b"BM", 16, "<ii", HUGE, HUGE),
    "BMP upside down": lambda: patch(encode("BMP"), b"BM", 16, "<ii", 300, -(2**31)),
    "WebP": lambda: make_webp(HUGE // 2),
    "HEIC": lambda: make_heic(HUGE, HUGE),
}


def make_webp(side):
    """The header of a lossless picture (RFC 9649, section 3.4) and nothing else."""
    data = b"\x2f" + struct.pack("<I", (side - 1) | (side - 1) << 14) + b"\0" * 99
    body = b"WEBPVP8L" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_by_its_header(open_bytes, name):
    content = BOMBS[name]()
    assert len(content) < 1_000_000
    before = measure_peak()
    with pytest.raises(DocumentError) as caught:
        open_bytes(content)
    assert caught.value.code == "too_many_pixels"
    assert measure_peak() - before < ROOM


@pytest.mark.parametrize("size", [(1_000_000, 1_000_000), (72, 10_000_000)])
def test_a_pdf_page_as_large_as_a_field_is_refused(open_bytes, make_pdf, size):
    with pytest.raises(DocumentError) as caught:
        open_bytes(make_pdf(size=size))
    assert caught.value.code == "too_many_pixels"


def test_a_pdf_page_endlessly_wide_is_a_line(open_bytes, make_pdf):
    page = open_bytes(make_pdf(size=(10_000_000, 72))).load(1)
    assert page.image.shape[1] <= 1500


@pytest.mark.parametrize("stamped", [False, True])
def test_a_huge_picture_on_a_small_pdf_page_is_refused_before_it_is_unpacked(open_bytes, stamped):
    source = open_bytes(make_picture_pdf(HUGE, stamped=stamped))
    before = measure_peak()
    source.read_text_layer(1)
    with pytest.raises(DocumentError, match="30,000 by 30,000") as caught:
        source.load(1)
    assert caught.value.code == "too_many_pixels"
    assert measure_peak() - before < ROOM


@pytest.mark.parametrize("stamped", [False, True])
def test_a_picture_of_usual_size_on_a_pdf_page_is_drawn(open_bytes, stamped):
    assert open_bytes(make_picture_pdf(1000, stamped=stamped)).load(1).image.shape == (2117, 1496)


@cache
def pack_much():
    return zlib.compress(b"x" * 300_000_000, 9)


@pytest.mark.parametrize("kind", [b"zTXt", b"iCCP"])
def test_text_and_colours_beside_a_picture_do_not_unfold(open_bytes, kind):
    """300 MB of nothing in a chunk of 300 kB."""
    content = make_png(100, 100, pack_chunk(kind, b"a\0\0" + pack_much()))
    before = measure_peak()
    with pytest.raises(DocumentError) as caught:
        open_bytes(content)
    assert caught.value.code == "corrupt"
    assert measure_peak() - before < ROOM


@pytest.mark.parametrize(
    "content",
    [
        make_tiff(10_900, 10_900),
        make_tiff(10_900, 10_900, zlib.compress(b"\0" * 1000), compression=8),
        make_tiff(100, 100, samples=60_000),
        make_tiled_tiff(10_000),
        make_png(10_900, 10_900),
    ],
    ids=["strip", "deflated strip", "samples", "tile", "PNG"],
)
def test_a_header_that_promises_more_than_there_is_is_a_document_error(open_bytes, content):
    with pytest.raises(DocumentError) as caught:
        open_bytes(content).load(1)
    assert caught.value.code in {"corrupt", "truncated"}


@pytest.mark.parametrize("size", [(0, 300), (300, 0), (0, 0)])
@pytest.mark.parametrize("kind", ["PNG", "TIFF", "JPEG", "BMP", "HEIC"])
def test_a_page_of_no_size_is_a_document_error(open_bytes, kind, size):
    make: dict[str, Callable[[int, int], bytes]] = {
        "PNG": make_png,
        "TIFF": make_tiff,
        "JPEG": lambda width, height: patch(encode("JPEG"), b"\xff\xc0", 3, ">HH", height, width),
        "BMP": lambda width, height: patch(encode("BMP"), b"BM", 16, "<ii", width, height),
        "HEIC": make_heic,
    }
    with pytest.raises(DocumentError) as caught:
        open_bytes(make[kind](*size)).load(1)
    assert caught.value.code in {"corrupt", "truncated"}


def test_a_heic_that_hides_its_size_is_not_unpacked(open_bytes):
    content = patch(encode("HEIF"), b"ispe", 4, ">II", 10, 10)
    with pytest.raises(DocumentError) as caught:
        open_bytes(content).load(1)
    assert caught.value.code == "corrupt"


def test_thirty_thousand_directories_are_counted(open_bytes):
    """Pillow takes twenty seconds for these, and hours for ten times as many."""
    source = open_bytes(chain_directories(30_000))
    assert len(source.sizes) == 300
    assert source.notes == ("pages 301 to 30000 left out: max_pages is 300",)
    assert source.load(300).image.shape == (10, 10)


def test_a_chain_of_directories_without_end_is_refused(open_bytes):
    with pytest.raises(DocumentError, match="more than 100,000 pages") as caught:
        open_bytes(chain_directories(100_001), max_bytes=20_000_000)
    assert caught.value.code == "corrupt"


def test_a_chain_of_directories_that_bites_its_tail_ends(open_bytes):
    assert len(open_bytes(chain_directories(3, last=108)).sizes) == 3


def test_a_chain_that_leads_out_of_the_file_is_truncated(open_bytes):
    with pytest.raises(DocumentError) as caught:
        open_bytes(chain_directories(3, last=2**31))
    assert caught.value.code == "truncated"


def test_directories_of_large_files_are_counted_too(open_bytes):
    buffer = BytesIO()
    page = Image.new("L", (20, 10), 200)
    page.save(buffer, "TIFF", save_all=True, append_images=[page] * 4, big_tiff=True)
    assert buffer.getvalue()[2] == 43
    assert len(open_bytes(buffer.getvalue()).sizes) == 5


def test_directories_are_counted_in_either_byte_order(open_bytes):
    body = b"".join(struct.pack(">HHII", tag, LONG, 1, value) for tag, value in SMALL_PAGE.items())
    content = b"MM\0*" + struct.pack(">I", 108) + b"\x80" * 100 + struct.pack(">H", len(SMALL_PAGE)) + body + b"\0" * 4
    source = open_bytes(content)
    assert len(source.sizes) == 1
    assert source.load(1).image.tolist() == [[128] * 10] * 10
