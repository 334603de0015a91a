"""What is given to ``invoicewatch process``: hostile names, wrong usage and settings, an output that ends early."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.environment import make_environment
from tests.functional.process.conftest import COMMAND, QUICK
from tests.functional.process.documents import TEXT_PDF


@pytest.mark.parametrize(
    "make",
    [
        os.mkfifo,
        lambda path: path.symlink_to("/dev/zero"),
        lambda path: path.symlink_to("nowhere"),
        lambda path: None,
    ],
    ids=["pipe", "device", "dangling link", "missing"],
)
def test_what_is_no_file_fails_at_once(invoicewatch, tmp_path, make):
    path = tmp_path / "scan.pdf"
    make(path)
    run = invoicewatch("process", "--json", "--no-store", str(path), timeout=30)
    assert run.code == 1
    assert [line["status"] for line in run.lines] == ["failed"]


HOSTILE = [
    "new\nline.pdf",
    "-dash.pdf",
    "escape\x1b[31mred.pdf",
    "über ñ 请款.pdf",
    "\u202efdp.exe.pdf",
    "quote'\".pdf",
    "[bold]markup.pdf",
    "a" * 250 + ".pdf",
]


def test_hostile_names_come_back_whole_in_json(invoicewatch, tmp_path):
    for name in HOSTILE:
        (tmp_path / name).write_bytes(TEXT_PDF.content)
    (tmp_path / os.fsdecode(b"bytes\xff\xfe.pdf")).write_bytes(TEXT_PDF.content)
    run = invoicewatch("process", "--json", "--no-store", str(tmp_path))
    assert run.code == 0
    assert {Path(line["path"]).name for line in run.lines} >= set(HOSTILE)
    assert len(run.lines) == len(HOSTILE) + 1


def test_hostile_names_cannot_write_to_the_terminal(invoicewatch, tmp_path):
    for name in HOSTILE:
        (tmp_path / name).write_bytes(b"" if "dash" in name else TEXT_PDF.content)
    run = invoicewatch("process", "--no-store", str(tmp_path))
    shown = run.out + run.err
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[bold]markup" in shown
    assert len(run.out.splitlines()) == len(HOSTILE) - 1


@pytest.mark.parametrize("arguments", [["process"], ["process", "--nonsense", "x.pdf"], ["nonsense"]])
def test_wrong_usage_exits_with_two(invoicewatch, arguments):
    assert invoicewatch(*arguments).code == 2


def test_a_wrong_configuration_exits_with_two_and_names_file_and_key(invoicewatch, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text("[ocr]\nlanguage = 'eng'\n", encoding="utf-8")
    run = invoicewatch("--config", str(config), "process", "x.pdf")
    assert run.code == 2
    assert str(config) in run.err
    assert "language" in run.err
    assert "Traceback" not in run.err


def test_no_language_at_all_is_a_wrong_configuration(invoicewatch, folder):
    run = invoicewatch("process", "--no-store", str(folder / "receipt.jpg"), INVOICEWATCH_OCR__LANGUAGES="[]")
    assert run.code == 2
    assert "languages" in run.err


def test_a_missing_language_exits_with_three(invoicewatch, folder):
    run = invoicewatch(
        "process", "--no-store", str(folder / "receipt.jpg"), INVOICEWATCH_OCR__LANGUAGES='["eng", "tlh"]'
    )
    assert run.code == 3
    assert "tlh" in run.err


def test_recorded_documents_are_known_the_second_time(invoicewatch, folder, tmp_path, monkeypatch):
    config = tmp_path / "config.toml"
    config.write_text(QUICK, encoding="utf-8")
    shutil.copy(folder / "invoice.pdf", tmp_path)
    runs = [
        invoicewatch("--config", str(config), "process", "--json", str(tmp_path / "invoice.pdf")).lines
        for _ in range(2)
    ]
    assert [line["status"] for (line,) in runs] == ["accepted", "duplicate"]
    monkeypatch.chdir(tmp_path)
    again = invoicewatch("--config", str(config), "process", "--again", "--json", "invoice.pdf")
    assert [line["path"] for line in again.lines] == ["invoice.pdf"]
    found = invoicewatch("--config", str(config), "search", "Quillstone", "--json")
    assert [line["path"] for line in found.lines] == [str(tmp_path / "invoice.pdf")]
    assert found.code == 0
    assert TEXT_PDF.truth["fields"]["seller_name"].rstrip(".") in found.out


def test_an_early_end_of_the_reader_is_no_error(home, folder):
    """``process | head -1`` as people do it."""
    command = f"'{COMMAND}' process --json --no-store '{folder}' | head -c 1"
    env = make_environment(home, INVOICEWATCH_CONFIG=str(home / "config.toml"))
    result = subprocess.run(["bash", "-c", command], capture_output=True, timeout=120, env=env, check=False)
    assert result.stdout == b"{"
    assert b"Traceback" not in result.stderr
    assert b"BrokenPipe" not in result.stderr
