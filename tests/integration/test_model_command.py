"""``invoicewatch model`` on a copy of the real default model."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

MODEL = Path(__file__).parents[2] / "models" / "SmolLM2-135M-Instruct.Q4_1.gguf"


@pytest.fixture
def home(tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / MODEL.name).hardlink_to(MODEL)
    (tmp_path / "config.toml").write_text(
        f'[paths]\nstate = "state"\n\n[model]\n# which one\npath = "models/{MODEL.name}"\nseed = 3\n'
    )
    return tmp_path


def invoicewatch(home, *arguments):
    command = [sys.executable, "-m", "invoicewatch.cli.main", "--config", str(home / "config.toml"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def ask(home, *arguments):
    done = invoicewatch(home, "model", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_list_says_what_there_is_and_what_is_in_use(home):
    (home / "models" / "broken.gguf").write_bytes(b"no model")
    default, broken = ask(home, "list")
    assert (default["in_use"], default["quantization"], default["architecture"]) == (True, "Q4_1", "llama")
    assert not broken["in_use"]
    assert "not a GGUF model" in broken["problem"]
    assert MODEL.name in invoicewatch(home, "model", "list").stdout


def test_verify_tells_the_right_file_from_a_damaged_one(home):
    (checked,) = ask(home, "verify")
    assert checked["sha256"] == checked["expected"]
    copy = home / "models" / MODEL.name
    copy.unlink()
    content = bytearray(MODEL.read_bytes())
    content[-1000] ^= 1
    copy.write_bytes(content)
    done = invoicewatch(home, "model", "verify")
    assert done.returncode == 3
    assert "is damaged or another file" in done.stderr


def test_a_model_is_requantised_measured_and_selected(home):
    (made,) = ask(home, "requantise", "--to", "Q4_0")
    assert "Q4_0" in made["path"]
    assert Path(made["path"]).read_bytes()[:4] == b"GGUF"
    (verified,) = ask(home, "verify", Path(made["path"]).name)
    assert verified["expected"] == made["sha256"]
    (speed,) = ask(home, "measure", made["path"], "--samples", "0")
    assert min(speed["read_per_s"], speed["write_per_s"], speed["load_s"]) > 0
    assert "samples" not in speed
    ask(home, "select", Path(made["path"]).name)
    text = (home / "config.toml").read_text()
    assert f'# which one\npath = "{made["path"]}"\nseed = 3\n' in text
    assert [each["path"] for each in ask(home, "list") if each["in_use"]] == [made["path"]]


def test_measure_tells_what_the_model_mends_and_breaks_beside_none(home):
    (worth,) = ask(home, "measure", "--samples", "2", "--seed", "71002")
    assert "SmolLM2-135M-Instruct.Q4_0.gguf" == worth["loaded"]
    assert (2, True, True) == (worth["samples"], worth["wrong"] > 10, worth["right"] > 50)
    for way in ("with_model", "without_model"):
        assert worth[way]["fixed"] > 0
        assert 0 == worth[way]["invented"]
    assert worth["with_model"]["s_a_document"] > worth["without_model"]["s_a_document"] > 0


def test_a_model_that_is_not_there_is_told_with_the_remedy(home):
    shutil.rmtree(home / "models")
    done = invoicewatch(home, "model", "measure")
    assert done.returncode == 3
    assert "there is no model at" in done.stderr
    assert "model fetch" in done.stderr
