"""A file counts as complete only when its own format says so."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from invoicewatch.intake.probe import ProbedFile, find_gap
from invoicewatch.intake.probe_tiff import find_tiff_gap

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\nxref\n0 1\ntrailer<<>>\nstartxref\n9\n%%EOF\n"
XML = b'<?xml version="1.0"?><Invoice><ID>1</ID></Invoice>\n'


def make_image(form, **options):
    image = Image.effect_noise((90, 70), 60)
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def make_tiff(pages):
    images = [Image.effect_noise((50, 40 + page), 60) for page in range(pages)]
    out = io.BytesIO()
    images[0].save(out, "TIFF", save_all=True, append_images=images[1:])
    return out.getvalue()


def make_heif():
    box = struct.pack(">I4s", 16, b"ftyp") + b"heicmif1"
    return box + struct.pack(">I4s", 12, b"meta") + b"1234" + struct.pack(">I4s", 108, b"mdat") + b"x" * 100


SIGNED = bytes.fromhex("3013 06092a864886f70d010702 a006 0404 61626364")
WHOLE = {
    "application/pkcs7-mime": SIGNED,
    "application/pdf": PDF,
    "application/xml": XML,
    "image/png": make_image("PNG"),
    "image/jpeg": make_image("JPEG"),
    "image/tiff": make_tiff(3),
    "image/bmp": make_image("BMP"),
    "image/webp": make_image("WEBP"),
    "image/heic": make_heif(),
}


@pytest.fixture
def probe(tmp_path):
    def run(content, media_type):
        path = tmp_path / "file"
        path.write_bytes(content)
        with path.open("rb") as file:
            return find_gap(ProbedFile(file.fileno(), len(content)), media_type)

    return run


@pytest.mark.parametrize("media_type", WHOLE)
def test_a_whole_file_has_no_gap(probe, media_type):
    assert probe(WHOLE[media_type], media_type) is None


@pytest.mark.parametrize("media_type", WHOLE)
def test_a_file_that_breaks_off_anywhere_has_one(probe, media_type):
    content = WHOLE[media_type]
    end = len(content.rstrip(b" \n\0")) - len(b"%%EOF" if media_type == "application/pdf" else b">")
    for size in {0, 1, 9, len(content) // 3, len(content) // 2, len(content) * 9 // 10, end}:
        assert probe(content[:size], media_type), f"{size} of {len(content)} bytes pass for the whole"


@pytest.mark.parametrize("media_type", [each for each in WHOLE if each != "image/heic"])
def test_a_file_whose_space_is_reserved_but_not_filled_has_a_gap(probe, media_type):
    """Windows' Explorer sets the final size first; the tail is zeros until it is written. (HEIF says no more.)"""
    content = WHOLE[media_type]
    half = content[: len(content) // 2] + bytes(len(content) - len(content) // 2)
    if media_type in {"image/bmp", "image/webp", "image/tiff"}:  # sizes alone cannot tell; the decoder will
        half = bytes(len(content))
    assert probe(half, media_type)


@pytest.mark.parametrize("trailer", [b"\0" * 100, b"\r\n", b"<!-- by a scanner -->"])
def test_rubbish_after_the_end_does_no_harm(probe, trailer):
    assert probe(PDF + trailer, "application/pdf") is None
    assert probe(WHOLE["image/jpeg"] + trailer, "image/jpeg") is None


def test_a_photo_with_a_film_behind_it_is_whole(probe):
    assert probe(WHOLE["image/jpeg"] + b"\0film" * 1_000_000, "image/jpeg") is None


def test_the_thumbnail_inside_a_jpeg_does_not_end_it(probe):
    """Its end marker stands in the header of the photo."""
    thumbnail = make_image("JPEG")
    segment = b"\xff\xe1" + struct.pack(">H", len(thumbnail) + 2) + thumbnail
    photo = WHOLE["image/jpeg"]
    assert probe(photo[:2] + segment + photo[2:], "image/jpeg") is None
    assert probe(photo[:2] + segment + photo[2:-2], "image/jpeg")


def test_an_unknown_type_is_left_to_the_decoder(probe):
    assert probe(b"GIF89a", "image/gif") is None
    assert probe(b"words", "application/octet-stream") is None


def test_nothing_is_never_a_document(probe):
    assert probe(b"", "application/octet-stream") == "it is empty"


def test_a_png_with_a_chunk_after_its_picture_is_whole(probe):
    extra = b"tEXtnote"
    chunk = struct.pack(">I", 4) + extra + struct.pack(">I", zlib.crc32(extra))
    png = WHOLE["image/png"]
    assert probe(png[:-12] + chunk + png[-12:], "image/png") is None


@given(st.binary(max_size=400), st.sampled_from(sorted(WHOLE)))
def test_any_bytes_get_an_answer(tmp_path_factory, content, media_type):
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(content)
    with path.open("rb") as file:
        gap = find_gap(ProbedFile(file.fileno(), len(content)), media_type)
    assert gap is None or isinstance(gap, str)
    assert gap if not content.strip(b"\0") else True


@given(st.data())
def test_a_tiff_with_any_damage_ends(data):
    """Loops of directories, counts beyond reason: an answer comes all the same."""
    content = bytearray(WHOLE["image/tiff"])
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    answer = find_tiff_gap(lambda at, count: bytes(content[at : at + count]) if at >= 0 else b"", len(content))
    assert answer is None or answer.startswith("the TIFF")


def test_a_tiff_whose_directories_form_a_ring_ends():
    ring = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 0) + struct.pack("<I", 8)
    assert find_tiff_gap(lambda at, count: ring[at : at + count], len(ring)) == "the TIFF's directories do not end"


def test_a_big_tiff_is_understood():
    strip = b"x" * 10
    entries = struct.pack("<HHQQ", 273, 16, 1, 64) + struct.pack("<HHQQ", 279, 16, 1, len(strip))
    head = b"II+\0" + struct.pack("<HHQ", 8, 0, 16) + struct.pack("<Q", 2) + entries + struct.pack("<Q", 0)
    whole = head.ljust(64, b"\0")
    whole = head + strip if len(head) == 64 else whole + strip
    offset = len(whole) - len(strip)
    whole = whole.replace(struct.pack("<HHQQ", 273, 16, 1, 64), struct.pack("<HHQQ", 273, 16, 1, offset))
    assert find_tiff_gap(lambda at, count: whole[at : at + count], len(whole)) is None
    assert find_tiff_gap(lambda at, count: whole[:-1][at : at + count], len(whole) - 1)


def test_marks_and_nuls_after_xml_are_no_gap(probe):
    assert probe(XML + b"\xef\xbb\xbf\0\0\r\n", "application/xml") is None
