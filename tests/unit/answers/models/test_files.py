import msgspec
import pytest

from invoicewatch.answers.models.files import find_model, use_model, verify_model
from invoicewatch.config import Config
from invoicewatch.errors import DependencyError


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "models").mkdir()
    for name in ("used", "other"):
        (tmp_path / "models" / f"{name}.gguf").write_bytes(name.encode())
    return msgspec.structs.replace(Config().model, path=str(tmp_path / "models" / "used.gguf"))


def test_a_model_is_the_one_in_use_or_named_by_its_path_or_by_its_name(tmp_path, settings):
    other = tmp_path / "models" / "other.gguf"
    assert tmp_path / "models" / "used.gguf" == find_model(None, settings)
    assert other == find_model(other, settings) == find_model(type(other)("other.gguf"), settings)


def test_a_model_that_is_not_there_is_told_with_a_remedy(tmp_path, settings):
    with pytest.raises(DependencyError, match="there is no model at") as caught:
        find_model(tmp_path / "none.gguf", settings)
    assert "model fetch" in caught.value.remedy


def test_another_file_than_the_expected_one_is_never_loaded(settings):
    path = find_model(None, settings)
    path.with_name(f"{path.name}.sha256").write_text(f"{'0' * 64}  {path.name}\n")
    with pytest.raises(DependencyError, match="damaged or another file"):
        verify_model(path, settings)


def test_a_file_that_is_no_model_is_not_chosen(tmp_path, settings):
    config = tmp_path / "config.toml"
    config.write_text("")
    with pytest.raises(DependencyError):
        use_model(find_model(None, settings), config, 512)
    assert not config.read_text()
