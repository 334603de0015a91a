"""The hub is really spoken to, by its own library, on loopback."""

import pytest

from invoicewatch.config.settings import ModelSettings
from invoicewatch.errors import DependencyError
from invoicewatch.model.fetch import fetch_from_hub

REPO = "Qwen/Qwen2.5-3B-Instruct-GGUF"
SETTINGS = ModelSettings(allow_auto_download=True)


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    """The library keeps tokens and caches in the home folder; none of the user's may matter here."""
    monkeypatch.setattr("huggingface_hub.constants.HF_TOKEN_PATH", str(tmp_path / "token"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)


def test_the_configured_quantization_is_downloaded(hub, tmp_path):
    hub.repositories[REPO] = {
        "README.md": b"# Qwen",
        "qwen2.5-3b-instruct-q4_k_m.gguf": b"GGUF four bits",
        "qwen2.5-3b-instruct-q8_0.gguf": b"GGUF eight bits",
    }
    path = fetch_from_hub(SETTINGS, tmp_path / "models", hub.url)
    assert path == tmp_path / "models" / "qwen2.5-3b-instruct-q4_k_m.gguf"
    assert path.read_bytes() == b"GGUF four bits"
    assert not (tmp_path / "models" / "qwen2.5-3b-instruct-q8_0.gguf").exists()


def test_the_parts_of_a_split_file_come_together(hub, tmp_path):
    names = [f"qwen-q4_k_m-0000{number}-of-00002.gguf" for number in (1, 2)]
    hub.repositories[REPO] = {name: f"GGUF {name}".encode() for name in names}
    path = fetch_from_hub(SETTINGS, tmp_path, hub.url)
    assert path == tmp_path / names[0]
    assert [(tmp_path / name).read_bytes() for name in names] == [f"GGUF {name}".encode() for name in names]


def test_what_was_downloaded_once_is_used_without_asking_the_hub_again(hub, tmp_path):
    hub.repositories[REPO] = {"qwen-q4_k_m.gguf": b"GGUF"}
    first = fetch_from_hub(SETTINGS, tmp_path, hub.url)
    hub.asked.clear()
    assert fetch_from_hub(SETTINGS, tmp_path, hub.url) == first
    assert hub.asked == []


def test_a_repository_without_gguf_is_a_clear_error(hub, tmp_path):
    hub.repositories[REPO] = {"model.safetensors": b"weights"}
    with pytest.raises(DependencyError, match=f"{REPO} holds no GGUF file"):
        fetch_from_hub(SETTINGS, tmp_path, hub.url)


def test_an_unknown_repository_is_a_clear_error_with_its_remedy(hub, tmp_path):
    with pytest.raises(DependencyError, match=f"cannot download {REPO} from the hub") as caught:
        fetch_from_hub(SETTINGS, tmp_path, hub.url)
    assert "hugging_face_repo_id" in caught.value.remedy


def test_a_hub_that_cannot_be_reached_is_a_clear_error(hub, tmp_path):
    hub.server_close()
    with pytest.raises(DependencyError, match=f"cannot download {REPO} from the hub"):
        fetch_from_hub(SETTINGS, tmp_path, hub.url)
