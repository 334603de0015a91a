import struct
import zlib
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from PIL.Image import Exif
from PIL.TiffImagePlugin import AppendingTiffWriter

from invoicewatch.errors import DocumentError


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "HEIF"])
def test_every_format_gives_the_same_page(open_bytes, picture, encode, kind):
    if kind == "HEIF":
        from pillow_heif import register_heif_opener

        register_heif_opener()
    source = open_bytes(encode(picture, kind))
    page = source.load(1)
    assert [(300, 200)] == [size[:2] for size in source.sizes]
    assert page.image[:15].max() < 30
    assert page.image[30:].min() > 225
    assert source.read_text_layer(1) is None
    assert dict(source.attachments) == {}
    source.close()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_of_a_camera_is_applied(open_bytes, picture, encode, kind, orientation):
    turned = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = picture.transpose(turned[orientation]) if orientation > 1 else picture
    exif = Exif()
    exif[0x0112] = orientation
    source = open_bytes(encode(stored, kind, exif=exif))
    page = source.load(1)
    assert source.sizes[0][:2] == (300, 200)
    assert page.image.shape == (200, 300)
    assert page.image[:15].max() < 60
    assert page.image[30:].min() > 195


def test_all_pages_of_a_tiff_are_read_in_any_order(open_bytes, picture, encode):
    others = [Image.new("L", (120 + n, 80), 50 * n) for n in range(1, 4)]
    source = open_bytes(encode(picture, "TIFF", save_all=True, append_images=others))
    assert [(300, 200), (121, 80), (122, 80), (123, 80)] == [size[:2] for size in source.sizes]
    assert [150, 50, 100] == [int(source.load(number).image[0, 0]) for number in (4, 2, 3)]


def test_an_animation_is_one_page(open_bytes, picture, encode):
    content = encode(picture, "WEBP", save_all=True, append_images=[Image.new("L", (300, 200))])
    assert len(open_bytes(content).sizes) == 1


def test_pages_over_the_limit_are_left_out_with_a_note(open_bytes, picture, encode):
    content = encode(picture, "TIFF", save_all=True, append_images=[picture] * 4)
    source = open_bytes(content, max_pages=2)
    assert len(source.sizes) == 2
    assert source.notes == ("pages 3 to 5 left out: max_pages is 2",)


@pytest.mark.parametrize(("stated", "expected"), [((300, 300), 300), ((72, 72), 0), (None, 0)])
def test_a_resolution_is_known_only_where_it_is_believable(open_bytes, picture, encode, stated, expected):
    options = {"dpi": stated} if stated else {}
    assert open_bytes(encode(picture, "PNG", **options)).sizes[0].dpi == expected


def test_a_wide_page_is_scaled_down_and_its_size_stays(open_bytes, picture, encode):
    wide = picture.resize((3000, 2000))
    page = open_bytes(encode(wide, "PNG"), max_width=1500).load(1)
    assert page.image.shape == (1000, 1500)
    assert page.size[:2] == (3000, 2000)
    assert page.to_upright.apply(750, 500) == (0.5, 0.5)


def test_a_bomb_is_refused_before_it_is_decoded(open_bytes, encode):
    content = bytearray(encode(Image.new("1", (100, 100)), "PNG"))
    content[16:24] = struct.pack(">II", 30000, 30000)
    content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))
    with pytest.raises(DocumentError, match="30,000 by 30,000 pixels") as caught:
        open_bytes(bytes(content), max_pixels=120_000_000)
    assert caught.value.code == "too_many_pixels"


def noise():
    return Image.fromarray(np.random.default_rng(3).integers(0, 255, (200, 300), dtype=np.uint8))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "WEBP", "TIFF"])
@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_a_file_that_is_cut_off_is_a_document_error(open_bytes, encode, kind, share):
    content = encode(noise(), kind)
    with pytest.raises(DocumentError) as caught:
        open_bytes(content[: int(len(content) * share)], name="cut.img").load(1)
    assert caught.value.code in {"truncated", "corrupt"}
    assert "cut.img" in caught.value.message


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP"])
def test_a_picture_that_is_cut_off_says_so(open_bytes, encode, kind):
    content = encode(noise(), kind)
    with pytest.raises(DocumentError) as caught:
        open_bytes(content[: len(content) * 3 // 4]).load(1)
    assert caught.value.code == "truncated"


def test_damage_inside_a_picture_is_corrupt(open_bytes, encode):
    content = bytearray(encode(noise(), "PNG"))
    content[18:20] = b"zz"
    with pytest.raises(DocumentError) as caught:
        open_bytes(bytes(content)).load(1)
    assert caught.value.code == "corrupt"


def test_each_page_of_a_tiff_is_turned_by_its_own_note(open_bytes):
    """A duplex scanner notes the backs as upside down, and a sheet that lay across as on its side."""
    upright = np.full((200, 300), 250, np.uint8)
    upright[:20] = 0
    stored = {1: upright, 3: np.rot90(upright, 2), 6: np.rot90(upright, 1), 8: np.rot90(upright, -1)}
    buffer = BytesIO()
    with AppendingTiffWriter(buffer, new=True) as writer:
        for orientation, pixels in stored.items():
            Image.fromarray(pixels).save(writer, "TIFF", tiffinfo={0x0112: orientation})
            writer.newFrame()
    source = open_bytes(buffer.getvalue())
    assert [(300, 200)] * 4 == [size[:2] for size in source.sizes]
    for number in (4, 1, 3, 2):
        page = source.load(number)
        assert np.array_equal(page.image, upright), number
