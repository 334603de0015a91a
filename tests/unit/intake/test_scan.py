"""What a scan finds, what it passes over, and what it may judge."""

import os

import pytest

from invoicewatch.config.settings import IGNORED_NAMES
from invoicewatch.intake.scan import make_ignore, scan_inbox

IGNORE = make_ignore(IGNORED_NAMES)


@pytest.fixture
def root(tmp_path):
    for name in ("a.pdf", "sub/b.pdf", "sub/deep/c.pdf", "archive/d.pdf", "sub/x.part", ".hidden/e.pdf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return os.fsencode(tmp_path)


def names(scan):
    return sorted(path[len(scan.root) + 1 :] for path, _ in scan.files)


def test_all_files_below_the_inbox_are_found_but_not_ours_and_not_the_ignored(root):
    scan = scan_inbox(root, IGNORE, frozenset({root + b"/archive"}))
    assert names(scan) == [b"a.pdf", b"sub/b.pdf", b"sub/deep/c.pdf"]
    assert scan.whole


@pytest.mark.parametrize(
    "name",
    ["x.part", "X.PART", "~$report.pdf", "~x.tmp", "a.crdownload", ".syncthing.a.pdf.tmp", ".smbdelete0a", "._a.pdf",
     "Thumbs.db", "thumbs.db", "desktop.ini", ".DS_Store", ".nfs0001", "scan.pdf~", "a.filepart"],
)  # fmt: skip
def test_temporary_names_are_ignored(name):
    assert IGNORE(os.fsencode(name))


@pytest.mark.parametrize("name", [b"part.pdf", b"tmp", b"a.part.pdf", b"Thumbs.pdf", b"\xff\xfe.pdf", b"a~b.pdf"])
def test_other_names_are_not(name):
    assert not IGNORE(name)


def test_no_patterns_ignore_nothing():
    assert not make_ignore(())(b".part")


def test_one_folder_alone_can_be_listed(root):
    scan = scan_inbox(root, IGNORE, frozenset(), {root + b"/sub": False})
    assert names(scan) == [b"sub/b.pdf"]
    assert not scan.whole
    assert scan.covers(root + b"/sub/gone.pdf")
    assert not scan.covers(root + b"/sub/deep/c.pdf")
    assert not scan.covers(root + b"/a.pdf")


def test_one_folder_can_be_listed_to_the_bottom(root):
    scan = scan_inbox(root, IGNORE, frozenset(), {root + b"/sub": True})
    assert names(scan) == [b"sub/b.pdf", b"sub/deep/c.pdf"]
    assert scan.covers(root + b"/sub/deep/c.pdf")


def test_hints_at_ignored_or_own_folders_are_not_followed(root):
    hints = {root + b"/.hidden": True, root + b"/archive": True}
    assert names(scan_inbox(root, IGNORE, frozenset({root + b"/archive"}), hints)) == []


def test_a_folder_that_is_gone_is_covered_and_empty(root):
    scan = scan_inbox(root, IGNORE, frozenset(), {root + b"/lost": False})
    assert scan.covers(root + b"/lost/file.pdf")
    assert scan.files == []


def test_a_root_that_is_gone_is_an_error_and_not_an_empty_inbox(tmp_path):
    with pytest.raises(FileNotFoundError):
        scan_inbox(os.fsencode(tmp_path / "share"), IGNORE, frozenset())


def test_links_and_what_is_no_file_are_passed_over(root, tmp_path):
    (tmp_path / "link.pdf").symlink_to("/etc/passwd")
    (tmp_path / "folder").symlink_to("/etc")
    os.mkfifo(tmp_path / "pipe.pdf")
    assert b"link.pdf" not in names(scan_inbox(root, IGNORE, frozenset()))
    assert all(not name.startswith((b"folder", b"pipe")) for name in names(scan_inbox(root, IGNORE, frozenset())))


def test_a_folder_that_cannot_be_listed_judges_nothing_below_it(root, monkeypatch):
    """Root reads everything, so the refusal is made here."""
    real = os.open

    def refuse(path, *args, **kwargs):
        if path == b"sub":
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **kwargs)

    monkeypatch.setattr(os, "open", refuse)
    scan = scan_inbox(root, IGNORE, frozenset())
    assert list(scan.failed) == [root + b"/sub"]
    assert not scan.covers(root + b"/sub/b.pdf")
    assert not scan.covers(root + b"/sub/deep/c.pdf")
    assert scan.covers(root + b"/other.pdf")


def test_an_inbox_may_lie_in_another_and_is_not_scanned_twice(root):
    """Every inbox is given all of them to keep out of."""
    inboxes = frozenset({root, root + b"/sub"})
    assert b"sub/b.pdf" not in names(scan_inbox(root, IGNORE, inboxes))
    assert names(scan_inbox(root + b"/sub", IGNORE, inboxes)) == [b"b.pdf", b"deep/c.pdf"]
    assert names(scan_inbox(root + b"/sub", IGNORE, inboxes, {root + b"/sub": False})) == [b"b.pdf"]
