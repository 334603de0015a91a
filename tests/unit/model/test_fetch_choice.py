"""Which files of a hub's repository are taken, and which model is used."""

from pathlib import Path

import pytest

from invoicewatch.config.settings import ModelSettings
from invoicewatch.errors import DependencyError
from invoicewatch.model.fetch import find_model
from invoicewatch.model.hub import choose_files


def test_the_quantization_is_found_in_any_case():
    listed = ["README.md", "m-Q8_0.gguf", "m-Q4_K_M.gguf", "m-Q4_K_S.gguf"]
    assert choose_files(listed, "q4_k_m", "a/b") == ("m-Q4_K_M.gguf",)
    assert choose_files([name.lower() for name in listed], "Q4_K_M", "a/b") == ("m-q4_k_m.gguf",)


def test_a_quantization_is_a_whole_word_of_the_name():
    listed = ["m-IQ4_XS.gguf", "m-Q4_K_M.gguf"]
    with pytest.raises(DependencyError, match="no GGUF file of quantization 'q4_k'"):
        choose_files(listed, "q4_k", "a/b")
    with pytest.raises(DependencyError, match="'q4_xs'"):
        choose_files(listed, "q4_xs", "a/b")


def test_all_parts_of_a_split_file_are_taken_in_order():
    parts = [f"m-q4_k_m-0000{number}-of-00003.gguf" for number in (3, 1, 2)]
    assert choose_files(parts, "q4_k_m", "a/b") == tuple(sorted(parts))


def test_a_whole_file_is_preferred_to_a_split_one():
    listed = ["m-q4_k_m-00001-of-00002.gguf", "m-q4_k_m-00002-of-00002.gguf", "m-q4_k_m.gguf"]
    assert choose_files(listed, "q4_k_m", "a/b") == ("m-q4_k_m.gguf",)


def test_a_split_file_with_a_part_missing_is_refused():
    with pytest.raises(DependencyError, match=r"lacks m-q4_k_m-00002-of-00002\.gguf"):
        choose_files(["m-q4_k_m-00001-of-00002.gguf"], "q4_k_m", "a/b")


def test_the_projector_of_a_vision_model_is_not_a_language_model():
    with pytest.raises(DependencyError, match="holds no GGUF file"):
        choose_files(["mmproj-q4_k_m.gguf"], "q4_k_m", "a/b")


def test_a_repository_without_gguf_names_itself_and_the_remedy():
    with pytest.raises(DependencyError, match=r"Qwen/Qwen2\.5-3B-Instruct holds no GGUF file") as caught:
        choose_files(["model.safetensors", "config.json"], "q4_k_m", "Qwen/Qwen2.5-3B-Instruct")
    assert "-GGUF" in caught.value.remedy


def test_an_absent_quantization_lists_what_there_is():
    with pytest.raises(DependencyError, match=r"it holds m-Q2_K\.gguf, m-Q8_0\.gguf"):
        choose_files(["m-Q8_0.gguf", "m-Q2_K.gguf"], "q4_k_m", "a/b")


def test_an_existing_file_wins_even_where_downloads_are_allowed(tmp_path):
    (tmp_path / "mine.gguf").write_bytes(b"GGUF")
    settings = ModelSettings(path=str(tmp_path / "mine.gguf"), allow_auto_download=True)
    assert find_model(settings) == tmp_path / "mine.gguf"


def test_a_missing_file_is_nothing_where_downloads_are_not_allowed(tmp_path):
    assert find_model(ModelSettings(path=str(tmp_path / "gone.gguf"))) is None
    assert list(Path(tmp_path).iterdir()) == []
