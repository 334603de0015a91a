"""The options that the tutorial had, each with a run that shows its effect: model, prompt mode, chains, languages."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.write import Form, make_sample
from tests.environment import make_environment

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("invoicewatch")
MODEL = ROOT / "models" / "SmolLM2-135M-Instruct.Q4_1.gguf"
SAMPLE = make_sample(17, Kind.RECEIPT, Form.JPEG, 1)
BASE = """
[ocr]
languages = ["eng"]
second_opinion = "none"
[workers]
count = 1
"""
needs_model = pytest.mark.skipif(not MODEL.exists(), reason=f"{MODEL.name} is missing: run `invoicewatch model fetch`")


@pytest.fixture
def run(tmp_path):
    """Run ``process --json --no-store`` over the sample with tables added to the configuration."""
    (tmp_path / "scan.jpg").write_bytes(SAMPLE.content)

    def process(extra, **environment):
        (tmp_path / "config.toml").write_text(BASE + extra, encoding="utf-8")
        env = make_environment(tmp_path, **environment)
        command = [
            COMMAND,
            "--config",
            tmp_path / "config.toml",
            "process",
            "--json",
            "--no-store",
            tmp_path / "scan.jpg",
        ]
        return subprocess.run(command, capture_output=True, text=True, timeout=200, env=env, check=False)

    return process


def read(result):
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def list_digits(text):
    return sorted(re.findall(r"\d+", text))


def test_without_a_model_file_the_raw_text_is_kept_and_the_record_says_why(run):
    record = read(run('[model]\npath = "missing.gguf"\n'))
    assert record["model"] is None
    assert record["edits"] == []
    assert any("missing.gguf" in note for note in record["notes"])
    assert record["fields"]["total"]["value"] == SAMPLE.truth["fields"]["total"]


@needs_model
def test_a_relative_model_path_is_relative_to_the_configuration(run, tmp_path):
    (tmp_path / "own.gguf").symlink_to(MODEL)
    assert read(run('[model]\npath = "own.gguf"\n'))["model"] == "own.gguf"


@needs_model
def test_a_file_that_is_no_model_costs_the_correction_and_not_the_record(run, tmp_path):
    (tmp_path / "broken.gguf").write_bytes(MODEL.read_bytes()[:100_000])
    record = read(run('[model]\npath = "broken.gguf"\n'))
    assert record["edits"] == []
    assert record["notes"]
    assert record["fields"]["total"]["value"] == SAMPLE.truth["fields"]["total"]


@needs_model
def test_rewriting_as_the_tutorial_did_never_invents_a_figure(run):
    extra = (
        f'[model]\npath = "{MODEL}"\ncontext_size = 1024\ngpu_layers = 0\n[correct]\nmode = "rewrite"\nbudget_s = 20\n'
    )
    record = read(run(extra))
    assert record["model"] == MODEL.name
    assert list_digits(record["enhanced_text"]) == list_digits(record["raw_text"])
    assert len(record["enhanced_text"].splitlines()) == len(record["raw_text"].splitlines())


@needs_model
def test_a_spent_budget_leaves_the_text_as_it_was_read(run):
    record = read(run(f'[model]\npath = "{MODEL}"\n[correct]\nmode = "rewrite"\nbudget_s = 0\n'))
    assert record["enhanced_text"] in {None, record["raw_text"]}
    assert record["edits"] == []


def test_correction_can_be_turned_off(run):
    record = read(run('[correct]\nmode = "off"\n'))
    assert record["enhanced_text"] is None
    assert record["model"] is None


def test_only_the_extractors_named_are_asked(run):
    record = read(run('[correct]\nmode = "off"\n[extract]\nextractors = ["total"]\n'))
    found = {name for name, field in record["fields"].items() if field}
    assert "total" in found
    assert found <= {"total", "net_total", "tax_total", "amount_due"}
    assert record["fields"]["issue_date"] is None


@pytest.mark.parametrize(
    ("extra", "name", "offer"),
    [
        ('[extract]\nextractors = ["totals"]\n', "totals", "total"),
        ('[correct]\nprocessors = ["magic"]\n', "magic", "spelling"),
        ('[ocr]\nengine = "abbyy"\nlanguages = ["eng"]\n', "abbyy", "tesseract"),
    ],
    ids=["extractor", "processor", "engine"],
)
def test_an_unknown_name_is_refused_with_the_names_there_are(run, tmp_path, extra, name, offer):
    if extra.startswith("[ocr]"):
        (tmp_path / "config.toml").write_text(extra, encoding="utf-8")
        command = [COMMAND, "--config", tmp_path / "config.toml", "process", "--no-store", tmp_path / "scan.jpg"]
        env = make_environment(tmp_path)
        result = subprocess.run(command, capture_output=True, text=True, timeout=100, env=env, check=False)
    else:
        result = run(extra)
    assert result.returncode == 2
    assert name in result.stderr
    assert offer in result.stderr
    assert "Traceback" not in result.stderr


def test_environment_variables_override_the_file(run):
    result = run('[correct]\nmode = "off"\n', INVOICEWATCH_OCR__LANGUAGES='["deu"]')
    assert read(result)["engine"].endswith(" deu")


PLUGIN = '''
from invoicewatch.records import Edit, Field, Source


class Exclaim:
    """A processor: marks the first word of every page."""

    def __init__(self, tools):
        pass

    def __call__(self, correction):
        from dataclasses import replace

        return replace(correction, notes=(*correction.notes, "exclaim was here"))


class Shelf:
    """An extractor of a field of its own."""

    def __init__(self, settings):
        pass

    def find(self, context):
        total = context.found["total"]
        shelf = "large" if total and total.value > 10 else "small"
        return {"shelf": Field("shelf", shelf, 1.0, False, None, None, Source.OCR, "by the total", "")}
'''


def test_processors_and_extractors_of_other_packages_join_the_chains(run, tmp_path):
    package = tmp_path / "plugins"
    (package / "shelves-1.0.dist-info").mkdir(parents=True)
    (package / "shelves.py").write_text(PLUGIN, encoding="utf-8")
    (package / "shelves-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: shelves\nVersion: 1.0\n")
    (package / "shelves-1.0.dist-info" / "entry_points.txt").write_text(
        "[invoicewatch.processors]\nexclaim = shelves:Exclaim\n[invoicewatch.extractors]\nshelf = shelves:Shelf\n"
    )
    extra = '[correct]\nprocessors = ["exclaim"]\n[extract]\nextractors = ["total", "dates", "shelf"]\n'
    record = read(run(extra, PYTHONPATH=str(package)))
    assert "exclaim was here" in record["notes"]
    assert record["fields"]["shelf"]["value"] == "large"
    assert record["fields"]["total"]["value"] == SAMPLE.truth["fields"]["total"]
