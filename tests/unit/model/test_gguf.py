import struct

import pytest

from invoicewatch.errors import DependencyError
from invoicewatch.model.footprint import check_fits, estimate_bytes
from invoicewatch.model.gguf import read_header


def text(value):
    raw = value.encode()
    return struct.pack("<Q", len(raw)) + raw


def number(key, value):
    return text(key) + struct.pack("<II", 4, value)


def words(key, values):
    return text(key) + struct.pack("<IIQ", 9, 8, len(values)) + b"".join(map(text, values))


def make_gguf(path, **overrides):
    pairs = {
        "block_count": 30,
        "embedding_length": 576,
        "attention.head_count": 9,
        "attention.head_count_kv": 3,
        "context_length": 2048,
    } | overrides
    body = [text("general.architecture") + struct.pack("<I", 8) + text("llama"), number("general.file_type", 3)]
    body += [number(f"llama.{key}", value) for key, value in pairs.items()]
    body.append(words("tokenizer.ggml.tokens", ["a", "b", "c"]))
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 0, len(body)) + b"".join(body))
    return path


def test_the_header_says_what_the_model_is(tmp_path):
    header = read_header(make_gguf(tmp_path / "m.gguf"))
    assert ("llama", "Q4_1", 30, 3, 64, 3, 2048) == (
        header.architecture,
        header.quantization,
        header.layers,
        header.kv_heads,
        header.head_size,
        header.vocabulary,
        header.context_length,
    )


def test_memory_is_weights_cache_logits_and_overhead(tmp_path):
    header = read_header(make_gguf(tmp_path / "m.gguf"))
    cache = 2 * 30 * 3 * 64 * 1024 * 2
    assert 1000 + cache + 128 * 3 * 4 + (64 << 20) == estimate_bytes(header, 1000, 1024)


def test_a_model_too_large_is_refused_with_both_figures(tmp_path):
    path = make_gguf(tmp_path / "huge.gguf", block_count=1 << 24, context_length=1 << 20)
    with pytest.raises(DependencyError, match=r"huge.gguf needs about \d+ MiB and \d+ MiB are free") as caught:
        check_fits(path, 1 << 20)
    assert "model_too_large" == caught.value.code


@pytest.mark.parametrize("keep", [0, 3, 10, 30, 200])
def test_a_file_that_ends_in_its_header_is_refused(tmp_path, keep):
    path = make_gguf(tmp_path / "m.gguf")
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(DependencyError, match="not a GGUF model that can be read"):
        read_header(path)


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html>" + b" " * 40,
        b"GGUF" + struct.pack("<IQQ", 9, 0, 0),
        b"GGUF" + struct.pack("<IQQ", 3, 0, 1 << 60),
        b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + struct.pack("<Q", 1 << 60),
        b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + text("a") + struct.pack("<I", 77),
        b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + text("a") + struct.pack("<IIQ", 9, 77, 5),
    ],
)
def test_what_is_no_gguf_file_is_refused(tmp_path, content):
    path = tmp_path / "m.gguf"
    path.write_bytes(content)
    with pytest.raises(DependencyError):
        read_header(path)
