"""``invoicewatch process`` as its users run it: good and bad files, hostile names, exit codes, what it must not do."""

import hashlib
import json
import os
import shutil
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from fpdf import FPDF

from invoicewatch.samples.invoice import Kind
from invoicewatch.samples.write import Form, make_sample

COMMAND = Path(sys.executable).with_name("invoicewatch")
KEYS = {
    "schema",
    "path",
    "sha256",
    "media_type",
    "status",
    "error",
    "page_sizes",
    "engine",
    "model",
    "raw_text",
    "enhanced_text",
    "edits",
    "fields",
    "timings",
}
# One engine, one language and no model: what is tested here is the command.
QUICK = """
[paths]
inboxes = ["inbox"]
[ocr]
languages = ["eng"]
second_opinion = "none"
[correct]
mode = "off"
[workers]
count = 1
"""
RECEIPT = make_sample(17, Kind.RECEIPT, Form.JPEG, 0)
TEXT_PDF = make_sample(2, Kind.INVOICE, Form.TEXT_PDF)
TIFF = make_sample(8, Kind.INVOICE, Form.TIFF, 1)


def lock_pdf():
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    pdf.cell(text="Total 12.00")
    pdf.set_encryption(owner_password="owner", user_password="user")
    return bytes(pdf.output())


def pack_png_bomb():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1_000_000))) + chunk(b"IEND", b"")


def write_page_tree(kids, count):
    """A PDF of nothing but a page tree; readers rebuild the missing table of objects."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[" + kids + b"]/Count " + count + b">>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


BAD = {
    "locked.pdf": lock_pdf(),
    "cut.jpg": RECEIPT.content[: len(RECEIPT.content) // 2],
    "cut.pdf": make_sample(8, Kind.INVOICE, Form.SCANNED_PDF, 0).content[:30_000],
    "cut.tiff": TIFF.content[:30_000],
    "empty.pdf": b"",
    "empty.png": b"",
    "letter.jpg": b"This is no picture.\n" * 20,
    "page.pdf": b"<html><body>Total 12.00</body></html>",
    "noise.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 20,
    "bomb.png": pack_png_bomb(),
    "promises.pdf": write_page_tree(b"3 0 R", b"1000000"),
    "ouroboros.pdf": write_page_tree(b"2 0 R", b"1"),
}
GOOD = {"receipt.jpg": RECEIPT, "invoice.pdf": TEXT_PDF, "invoice.tiff": TIFF}


class Run:
    """A finished command."""

    def __init__(self, result):
        self.code = result.returncode
        self.out = result.stdout
        self.err = result.stderr

    @property
    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def by_name(self):
        return {Path(line["path"]).name: line for line in self.lines}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    (folder / "config.toml").write_text(QUICK, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def invoicewatch(home):
    def run(*arguments, timeout=120, **environment):
        env = {"PATH": os.environ["PATH"], "HOME": str(home), "INVOICEWATCH_CONFIG": str(home / "config.toml")}
        command = [COMMAND, *arguments]
        result = subprocess.run(command, capture_output=True, timeout=timeout, env=env | environment, check=False)
        return Run(
            subprocess.CompletedProcess(
                command, result.returncode, result.stdout.decode(), result.stderr.decode(errors="replace")
            )
        )

    return run


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Good files among bad ones."""
    folder = tmp_path_factory.mktemp("scans")
    for name, content in BAD.items():
        (folder / name).write_bytes(content)
    for name, sample in GOOD.items():
        (folder / name).write_bytes(sample.content)
    return folder


def fingerprint(folder):
    return {
        path.relative_to(folder): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
            path.stat().st_ino,
            path.stat().st_mode,
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def before(folder):
    return fingerprint(folder)


@pytest.fixture(scope="module")
def mixed(invoicewatch, folder, before):
    """One run over the whole folder."""
    assert before
    return invoicewatch("process", "--json", "--no-store", str(folder))


def test_a_run_with_bad_files_exits_with_one(mixed):
    assert mixed.code == 1


def test_stdout_holds_one_json_object_a_file_and_nothing_else(mixed):
    assert len(mixed.lines) == len(BAD) + len(GOOD)
    assert all(set(line) >= KEYS and line["schema"] == 1 for line in mixed.lines)


def test_records_come_in_the_order_of_the_files(mixed, folder):
    assert [line["path"] for line in mixed.lines] == sorted(str(path) for path in folder.iterdir())


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_fails_with_its_name_a_reason_and_a_remedy(mixed, name):
    line = mixed.by_name[name]
    assert line["status"] == "failed"
    assert line["error"]["code"]
    assert name in line["error"]["message"]
    assert line["error"]["remedy"]
    assert line["error"]["code"] != "internal"
    assert "object at 0x" not in line["error"]["message"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("locked.pdf", "encrypted"), ("cut.jpg", "truncated"), ("empty.pdf", "empty"), ("empty.png", "empty")],
)
def test_failures_have_codes_for_machines(mixed, name, code):
    assert mixed.by_name[name]["error"]["code"] == code


@pytest.mark.parametrize("name", GOOD)
def test_bad_files_never_stop_the_good_ones(mixed, name):
    line = mixed.by_name[name]
    assert line["status"] in {"accepted", "needs_review"}
    assert line["error"] is None
    assert line["fields"]["issue_date"]["value"] == GOOD[name].truth["fields"]["issue_date"]


@pytest.mark.parametrize("name", ["receipt.jpg", "invoice.pdf"])
def test_the_total_is_read(mixed, name):
    assert mixed.by_name[name]["fields"]["total"]["value"] == GOOD[name].truth["fields"]["total"]


def test_fields_carry_their_evidence(mixed):
    total = mixed.by_name["invoice.pdf"]["fields"]["total"]
    assert total["page"] == 1
    assert 0 <= total["confidence"] <= 1
    x0, y0, x1, y1 = total["box"]
    assert 0 <= x0 < x1 <= 1
    assert 0 <= y0 < y1 <= 1
    assert total["method"]


def test_libraries_do_not_talk_on_stderr(mixed):
    assert "Warning" not in mixed.err
    assert "Traceback" not in mixed.err


def test_inputs_are_never_moved_or_touched(mixed, folder, before):
    assert mixed.code == 1
    assert fingerprint(folder) == before


def test_nothing_is_recorded_with_no_store(mixed, home):
    assert mixed.code == 1
    assert not list(home.rglob("*.db*"))
    assert not (home / "state").exists()


def test_the_same_file_gives_the_same_record_twice(invoicewatch, folder):
    first, second = (
        invoicewatch("process", "--json", "--no-store", str(folder / "receipt.jpg")).lines for _ in range(2)
    )
    for line in (*first, *second):
        line.pop("timings")
    assert first == second


def test_good_files_alone_exit_with_zero(invoicewatch, folder):
    assert invoicewatch("process", "--no-store", str(folder / "invoice.pdf")).code == 0


def test_a_wrong_ending_does_not_matter(invoicewatch, tmp_path):
    (tmp_path / "scan.pdf").write_bytes(RECEIPT.content)
    (line,) = invoicewatch("process", "--json", "--no-store", str(tmp_path / "scan.pdf")).lines
    assert line["media_type"] == "image/jpeg"
    assert line["fields"]["total"]["value"] == RECEIPT.truth["fields"]["total"]


def test_the_same_bytes_twice_are_read_once_and_called_a_duplicate(invoicewatch, tmp_path):
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(TEXT_PDF.content)
    first, second = invoicewatch("process", "--json", "--no-store", str(tmp_path)).lines
    assert second["status"] == "duplicate"
    assert second["fields"]["total"] == first["fields"]["total"]


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
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "INVOICEWATCH_CONFIG": str(home / "config.toml")}
    result = subprocess.run(["bash", "-c", command], capture_output=True, timeout=120, env=env, check=False)
    assert result.stdout == b"{"
    assert b"Traceback" not in result.stderr
    assert b"BrokenPipe" not in result.stderr
