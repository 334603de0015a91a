"""Originals are moved without overwriting and without loss, whatever happened before."""

# ruff: noqa: PTH108, PTH120, PTH110, PTH103, PTH123, PTH208 - names that are no text need paths as bytes

import errno
import hashlib
import os
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.intake import filing
from invoicewatch.intake.filing import NAME_MAX_BYTES, Original, file_away, free_name, month_folder, rename_new
from invoicewatch.intake.opening import find_stamp

BYTES = b"the original"
SHA256 = hashlib.sha256(BYTES).hexdigest()


@pytest.fixture
def original(tmp_path):
    (tmp_path / "inbox").mkdir()
    path = os.fsencode(tmp_path / "inbox" / "a.pdf")
    (tmp_path / "inbox" / "a.pdf").write_bytes(BYTES)
    (tmp_path / "copy").write_bytes(BYTES)
    root = os.fsencode(tmp_path / "inbox")
    stamp = find_stamp(root, path)
    assert stamp is not None
    return Original(root, path, stamp, SHA256, os.fsencode(tmp_path / "copy"))


@pytest.fixture
def target(tmp_path):
    return os.fsencode(tmp_path / "archive" / "2025" / "03" / "a.pdf")


@pytest.fixture
def across(monkeypatch):
    """Let the archive be on another file system."""
    real = filing.rename_new

    def refuse(source, target, **folders):
        if folders.get("source_folder") is not None:
            raise OSError(errno.EXDEV, "another file system")
        real(source, target, **folders)

    monkeypatch.setattr(filing, "rename_new", refuse)


def check_filed(original, target):
    with open(target, "rb") as file:
        assert file.read() == BYTES
    assert not os.path.lexists(original.path)
    assert os.listdir(os.path.dirname(target)) == [b"a.pdf"]


def test_an_original_is_moved(original, target):
    file_away(original, target)
    check_filed(original, target)


def test_filing_again_after_a_crash_changes_nothing(original, target):
    file_away(original, target)
    file_away(original, target)
    check_filed(original, target)


def test_across_file_systems_it_is_copied_and_removed(original, target, across):
    file_away(original, target)
    check_filed(original, target)


def test_a_crash_between_copy_and_removal_is_mended(original, target, across):
    class PowerCutError(Exception):
        pass

    def fail(_point):
        raise PowerCutError

    with pytest.raises(PowerCutError):
        file_away(original, target, fail)
    assert os.path.exists(original.path)
    file_away(original, target)
    check_filed(original, target)


def test_a_copy_that_differs_is_no_copy(original, target, across, monkeypatch):
    monkeypatch.setattr(filing, "hash_file", lambda path: "0" * 64)
    with pytest.raises(OSError, match="differs"):
        file_away(original, target)
    assert os.path.exists(original.path)
    assert os.listdir(os.path.dirname(target)) == []


def test_where_the_original_was_replaced_our_copy_is_filed_and_the_new_file_stays(original, target):
    with open(original.path, "wb") as file:
        file.write(b"something else")
    file_away(original, target)
    with open(original.path, "rb") as file:
        assert file.read() == b"something else"
    with open(target, "rb") as file:
        assert file.read() == BYTES


def test_where_the_original_is_gone_our_copy_is_filed(original, target):
    os.unlink(original.path)
    file_away(original, target)
    check_filed(original, target)


def test_what_lies_at_the_target_is_never_overwritten(original, target):
    os.makedirs(os.path.dirname(target))
    with open(target, "wb") as file:
        file.write(b"precious")
    with pytest.raises(FileExistsError):
        file_away(original, target)
    with open(target, "rb") as file:
        assert file.read() == b"precious"
    assert os.path.exists(original.path)


def test_a_file_that_took_the_originals_place_at_the_last_moment_goes_back(original, target, monkeypatch):
    """And if a third took its place meanwhile, it goes beside it: nothing strange is left in the archive."""
    real, moves = filing.rename_new, []

    def replace_meanwhile(source, to, **folders):
        moves.append(to)
        if len(moves) == 1:
            rewrite(original.path, b"the second")
        real(source, to, **folders)
        if len(moves) == 1:
            rewrite(original.path, b"the third")

    monkeypatch.setattr(filing, "rename_new", replace_meanwhile)
    file_away(original, target)
    assert read(target) == BYTES
    assert read(original.path) == b"the third"
    assert read(original.path.replace(b"a.pdf", b"a (2).pdf")) == b"the second"


def read(path):
    with open(path, "rb") as file:
        return file.read()


def rewrite(path, content):
    with open(path + b".new", "wb") as file:
        file.write(content)
    os.replace(path + b".new", path)  # noqa: PTH105


def test_an_original_that_is_its_own_target_is_not_removed(original):
    """An archive that is the inbox under another name must not lose the file."""
    file_away(original, original.path)
    assert os.path.exists(original.path)


def test_a_rename_that_the_file_system_cannot_guard_is_checked_first(tmp_path, monkeypatch):
    monkeypatch.setattr(filing, "_NOT_SUPPORTED", {errno.EEXIST})
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    with pytest.raises(FileExistsError):
        rename_new(os.fsencode(tmp_path / "a"), os.fsencode(tmp_path / "b"))
    assert (tmp_path / "b").read_text() == "b"


def test_the_archive_is_sorted_by_month_of_arrival():
    assert month_folder(b"/archive", datetime(2025, 3, 31, tzinfo=UTC)) == b"/archive/2025/03"


def test_free_names_count_up_before_the_suffix(tmp_path):
    folder = os.fsencode(tmp_path)
    assert free_name(folder, b"scan.pdf") == folder + b"/scan.pdf"
    (tmp_path / "scan.pdf").touch()
    (tmp_path / "scan (2).pdf").symlink_to("nowhere")
    assert free_name(folder, b"scan.pdf") == folder + b"/scan (3).pdf"


@given(st.binary(min_size=1, max_size=NAME_MAX_BYTES).filter(lambda name: b"/" not in name and b"\0" not in name))
def test_a_free_name_is_one_that_the_file_system_takes(tmp_path_factory, name):
    folder = os.fsencode(tmp_path_factory.getbasetemp())
    taken = frozenset({folder + b"/" + name})
    path = free_name(folder, name, taken)
    assert path not in taken
    assert len(path.rpartition(b"/")[2]) <= NAME_MAX_BYTES
