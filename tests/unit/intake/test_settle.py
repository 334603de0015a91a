"""Whether a file is ready is told from what is there now, and an outage is told from a bad file."""

import errno
import os

import pytest

from invoicewatch.intake import settle
from invoicewatch.intake.opening import find_stamp
from invoicewatch.intake.settle import Verdict, look_at
from invoicewatch.records.ledger import FileEntry, FileState


def know(content):
    return "application/pdf" if content.startswith(b"%PDF") else "application/octet-stream"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4 %%EOF")
    return path


def enter(file):
    root, path = os.fsencode(file.parent), os.fsencode(file)
    stamp = find_stamp(root, path)
    assert stamp is not None
    return FileEntry(1, str(file.parent), path, FileState.SEEN, stamp, 0.0, 0.0)


def look(entry):
    return look_at(entry, os.fsencode(entry.inbox), know)


def test_a_quiet_whole_file_is_ready(file):
    assert look(enter(file)).verdict is Verdict.READY


def test_a_file_that_is_not_whole_says_what_is_missing(file):
    file.write_bytes(b"%PDF-1.4")
    assert look(enter(file)) == settle.Look(Verdict.INCOMPLETE, enter(file).stamp, "the PDF has no trailer yet")


def test_a_changed_file_comes_with_its_new_stamp(file):
    entry = enter(file)
    file.write_bytes(b"%PDF-1.4 and more %%EOF")
    assert look(entry) == settle.Look(Verdict.CHANGED, enter(file).stamp)


def test_a_file_that_is_gone_or_became_something_else_is_gone(file):
    entry = enter(file)
    file.unlink()
    assert look(entry).verdict is Verdict.GONE
    file.symlink_to("/etc/passwd")
    assert look(entry).verdict is Verdict.GONE
    file.unlink()
    file.mkdir()
    assert look(entry).verdict is Verdict.GONE


@pytest.mark.parametrize("code", [errno.EACCES, errno.EBUSY, errno.EIO, errno.ETXTBSY])
def test_a_file_that_cannot_be_read_is_locked(file, monkeypatch, code):
    """Root reads everything, so the refusal is made here."""
    entry = enter(file)

    def refuse(*_args):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(settle, "open_file", refuse)
    assert look(entry) == settle.Look(Verdict.LOCKED, entry.stamp, f"it cannot be read: {os.strerror(code)}")


@pytest.mark.parametrize("code", [errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN])
def test_a_share_that_is_gone_is_not_the_fault_of_the_file(file, monkeypatch, code):
    entry = enter(file)

    def refuse(*_args):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(settle, "open_file", refuse)
    with pytest.raises(OSError, match=os.strerror(code)):
        look(entry)


def test_an_inbox_that_is_gone_is_an_outage(file):
    entry = enter(file)
    file.unlink()
    file.parent.rmdir()
    with pytest.raises(FileNotFoundError):
        look(entry)
