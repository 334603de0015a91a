"""Files that are not finished, or do not stay what they were."""

import os
import time

import pytest

from tests.faults.folders import Folders, stop

PDF_HEAD = b"%PDF-1.7\n"


@pytest.fixture
def folders(quick_folder):
    return Folders(quick_folder, settle_s=0.3)


@pytest.fixture
def daemon(folders):
    daemon = folders.start()
    yield daemon
    assert stop(daemon) == 0, folders.log[-4000:]


def states_by_name(folders):
    return {name.rpartition("/")[2]: state for name, state in folders.query("SELECT name, state FROM file")}


def test_a_file_that_grows_for_30_s_is_taken_once_and_whole(folders, daemon):
    """A slow scanner: the pauses between its writes are longer than settle_s, so only the probe can tell."""
    path = folders.inbox / "slow.pdf"
    parts = [PDF_HEAD, *(b"page %d\n" % number for number in range(20)), b"%%EOF\n"]
    with path.open("wb", buffering=0) as file:
        for part in parts:
            time.sleep(30 / len(parts))
            assert set(folders.states()) <= {"seen"}, "taken before it was whole"
            file.write(part)
    folders.wait_for(lambda: states_by_name(folders).get("slow.pdf") == "filed", "never taken")
    assert folders.query("SELECT count(*) FROM file") == [(1,)]
    assert [path.read_bytes() for path in folders.archive.rglob("*.pdf")] == [b"".join(parts)]


def test_an_empty_placeholder_waits_visibly_and_is_taken_once_it_is_filled(folders, daemon):
    placeholder = folders.inbox / "later.txt"
    placeholder.touch()
    why = "SELECT state, error_message FROM file WHERE checks > 1"
    folders.wait_for(lambda: folders.query(why), "it was never looked at")
    assert folders.query(why) == [("seen", "it is empty")]
    placeholder.write_text("fine at last")
    folders.wait_for(lambda: states_by_name(folders)["later.txt"] == "filed", "never taken")
    assert folders.query("SELECT raw FROM text") == [("fine at last",)]


def test_a_file_that_never_becomes_whole_is_set_aside_with_its_reason(quick_folder):
    folders = Folders(quick_folder, settle_s=0.1, give_up_s=1.0)
    folders.drop("half.pdf", PDF_HEAD + b"and no more")
    folders.run_to_the_end()
    folders.check_sound()
    assert "no trailer" in (folders.set_aside / "half.pdf.reason.txt").read_text()


def test_a_temporary_name_is_taken_under_its_final_name_only(folders, daemon):
    partial = folders.inbox / "scan.pdf.part"
    partial.write_bytes(PDF_HEAD + b"%%EOF")
    folders.drop("other.txt", "fine")
    folders.wait_for(lambda: folders.states() == {"filed": 1}, "the other was not taken")
    partial.rename(folders.inbox / "scan.pdf")
    folders.wait_for(lambda: states_by_name(folders).get("scan.pdf") == "filed", "never taken")


def test_a_file_replaced_while_it_is_worked_on_is_a_new_version(folders, daemon):
    """Both are kept: what was recorded is archived from the copy, and the new bytes are recorded for themselves."""
    folders.drop("invoice.txt", "slow fine one")
    folders.wait_for(lambda: folders.states()["working"], "never taken")
    folders.drop("invoice.txt", "fine two")
    folders.wait_for(folders.is_done, "never done")
    folders.check_sound()
    versions = folders.query("SELECT id, version_of FROM file ORDER BY id")
    assert versions == [(1, None), (2, 1)]
    assert len(list(folders.archive.rglob("*.txt"))) == 2


def test_a_file_removed_while_it_is_worked_on_is_kept(folders, daemon):
    folders.drop("invoice.txt", "slow fine")
    folders.wait_for(lambda: folders.states()["working"], "never taken")
    (folders.inbox / "invoice.txt").unlink()
    folders.wait_for(folders.is_done, "never done")
    folders.check_sound()


def test_a_file_removed_before_it_is_taken_is_gone(folders, daemon):
    folders.drop("other.txt", "fine")
    (folders.inbox / "never.txt").touch()
    folders.wait_for(lambda: states_by_name(folders).get("never.txt") == "seen", "never seen")
    (folders.inbox / "never.txt").unlink()
    folders.wait_for(lambda: states_by_name(folders)["never.txt"] == "gone", "not noticed")


def test_a_file_rewritten_without_rest_is_taken_whole_at_the_end(folders, daemon):
    """Every write is a replacement by another inode, quicker than settle_s."""
    path, spare = folders.inbox / "busy.txt", folders.inbox / ".spare"
    stop_s = time.monotonic() + 2
    number = 0
    while time.monotonic() < stop_s:
        number += 1
        spare.write_text(f"fine {number}")
        spare.replace(path)
        time.sleep(0.05)
    folders.wait_for(lambda: states_by_name(folders).get("busy.txt") == "filed", "never taken")
    assert folders.query("SELECT raw FROM text") == [(f"fine {number}",)]


def test_what_is_no_file_is_never_opened(folders, daemon, tmp_path):
    """A FIFO would block whoever opens it; a link could lead anywhere."""
    secret = tmp_path / "secret.txt"
    secret.write_text("fine but not ours")
    os.mkfifo(folders.inbox / "pipe.txt")
    (folders.inbox / "link.txt").symlink_to(secret)
    (folders.inbox / "folder").symlink_to(tmp_path)
    folders.drop("real.txt", "fine")
    folders.wait_for(lambda: states_by_name(folders).get("real.txt") == "filed", "never taken")
    assert states_by_name(folders) == {"real.txt": "filed"}
    assert secret.exists()
