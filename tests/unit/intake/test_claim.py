"""A copy is what the file was from its first byte to its last, or it is no copy."""

import hashlib
import os

import pytest

from invoicewatch.intake import claim
from invoicewatch.intake.claim import FileChangedError, clear_spool, copy_to_spool, spool_file, sync_copies
from invoicewatch.intake.opening import NotAFileError, find_stamp

CONTENT = b"0123456789" * 300_000


@pytest.fixture
def spool(tmp_path):
    folder = tmp_path / "spool"
    folder.mkdir()
    return folder


@pytest.fixture
def file(tmp_path):
    (tmp_path / "inbox").mkdir()
    path = tmp_path / "inbox" / "a.pdf"
    path.write_bytes(CONTENT)
    return path


def copy(file, spool, alive=lambda: None, stamp=None):
    root, path = os.fsencode(file.parent), os.fsencode(file)
    stamp = stamp or find_stamp(root, path)
    assert stamp is not None
    done = copy_to_spool(root, path, stamp, spool_file(spool, 7), alive)
    sync_copies([done.file])
    return done


def test_a_copy_has_the_bytes_their_hash_and_their_head(file, spool):
    done = copy(file, spool)
    assert done.file.read_bytes() == CONTENT
    assert done.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert done.head == CONTENT[:4096]
    assert [each.name for each in spool.iterdir()] == ["7"]


def test_life_is_shown_while_a_long_copy_goes_on(file, spool):
    beats = []
    copy(file, spool, lambda: beats.append(1))
    assert len(beats) == -(-len(CONTENT) // claim.CHUNK_BYTES)


def test_a_file_written_to_meanwhile_is_noticed(file, spool):
    def write():
        with file.open("ab") as more:
            more.write(b"x")

    with pytest.raises(FileChangedError) as caught:
        copy(file, spool, write)
    assert caught.value.found.size > len(CONTENT)
    assert not spool_file(spool, 7).exists()


def test_a_file_replaced_meanwhile_is_noticed(file, spool):
    """What is open never changes; what lies at the path is another file."""

    def replace():
        other = file.with_name("other")
        other.write_bytes(b"another document")
        other.replace(file)

    with pytest.raises(FileChangedError) as caught:
        copy(file, spool, replace)
    assert caught.value.found.size == len(b"another document")


def test_a_file_removed_meanwhile_is_copied_all_the_same(file, spool):
    assert copy(file, spool, lambda: file.unlink(missing_ok=True)).file.read_bytes() == CONTENT


def test_a_file_that_changed_before_is_not_copied(file, spool):
    stamp = find_stamp(os.fsencode(file.parent), os.fsencode(file))
    assert stamp is not None
    with pytest.raises(FileChangedError):
        copy(file, spool, stamp=stamp._replace(mtime_ns=1))


def test_a_link_or_a_pipe_is_not_opened(file, spool, tmp_path):
    stamp = find_stamp(os.fsencode(file.parent), os.fsencode(file))
    file.unlink()
    file.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotAFileError):
        copy(file, spool, stamp=stamp)
    file.unlink()
    os.mkfifo(file)
    with pytest.raises(NotAFileError):
        copy(file, spool, stamp=stamp)


def test_a_folder_swapped_for_a_link_is_not_followed(file, spool, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.pdf").write_bytes(CONTENT)
    (file.parent / "sub").symlink_to(outside)
    root, path = os.fsencode(file.parent), os.fsencode(file.parent / "sub" / "a.pdf")
    stamp = find_stamp(os.fsencode(outside), os.fsencode(outside / "a.pdf"))
    assert stamp is not None
    with pytest.raises(OSError, match="sub"):
        copy_to_spool(root, path, stamp, spool_file(spool, 7))


def test_copies_that_nobody_needs_are_cleared(spool):
    for name in ("1", "2", "3", "3.part"):
        (spool / name).touch()
    assert clear_spool(spool, frozenset({2})) == 3
    assert [each.name for each in spool.iterdir()] == ["2"]
