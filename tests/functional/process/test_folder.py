"""A folder of good files among bad ones: what is said of each, and what must not be done to them."""

import hashlib

import pytest

from tests.functional.process.documents import BAD, GOOD, RECEIPT, TEXT_PDF

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
