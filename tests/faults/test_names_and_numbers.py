"""Names of any kind, folders moved in whole, and very many files at once."""

import os
from collections import Counter

import pytest

from tests.faults.folders import Folders, all_files, hash_all, stop


@pytest.fixture
def folders(quick_folder):
    return Folders(quick_folder)


def test_names_of_any_bytes_and_of_every_length(folders):
    folders.drop(b"Rechnung M\xfcller.txt", "fine latin-1")
    folders.drop(b"\xff\xfe\x80.txt", "fine bytes")
    folders.drop("Ünïcode 发票.txt", "fine unicode")
    folders.drop("line\nbreak\t'quote\".txt", "fine control")
    folders.drop("x" * 251 + ".txt", "fine long")
    folders.drop("sub/" + "x" * 251 + ".txt", "fine long again")
    folders.drop("x" * 250 + ".txt", "encrypted")
    folders.run_to_the_end()
    folders.check_sound()
    archived = {path.rpartition(b"/")[2] for path in all_files(folders.archive)}
    assert b"Rechnung M\xfcller.txt" in archived
    assert b"\xff\xfe\x80.txt" in archived
    assert b"x" * 247 + b" (2).txt" in archived


def test_same_names_from_different_folders_never_overwrite_each_other(folders):
    for number in range(5):
        folders.drop(f"day {number}/scan.txt", f"fine {number}")
        folders.drop(f"day {number}/bad.txt", f"encrypted {number}")
        folders.drop(f"day {number}/again.txt", "fine 0")
    folders.run_to_the_end()
    folders.check_sound()


def test_a_whole_folder_moved_in_is_taken(folders, quick_folder):
    daemon = folders.start()
    outside = quick_folder / "outside"
    deep = outside / "2024" / "05"
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text("fine a")
    (outside / "b.txt").write_text("fine b")
    folders.wait_for(lambda: "watching inbox" in folders.log, "it never started")
    outside.rename(folders.inbox / "moved in")
    folders.wait_for(folders.is_done, "it was not noticed")
    assert stop(daemon) == 0
    assert folders.states() == {"filed": 2}


def test_paths_deeper_than_the_kernel_takes_in_one_piece(folders):
    folder = os.open(folders.inbox, os.O_RDONLY)
    for _ in range(25):
        os.mkdir("d" * 200, dir_fd=folder)
        below = os.open("d" * 200, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = below
    file = os.open("deep.txt", os.O_WRONLY | os.O_CREAT, dir_fd=folder)
    os.write(file, b"fine deep")
    os.close(file)
    os.close(folder)
    daemon = folders.start()
    folders.wait_for(lambda: folders.states() == {"filed": 1}, "not filed")
    assert stop(daemon) == 0
    assert next(folders.archive.rglob("deep.txt")).read_text() == "fine deep"


def test_10_000_small_files_at_once_neither_choke_the_daemon_nor_hold_up_the_latest(quick_folder):
    """All are seen and settle in one go; the newest overtakes them; the backlog is in the ledger, not in memory."""
    folders = Folders(quick_folder, workers=2, order="newest", settle_s=0.5, reconcile_s=60.0)
    for number in range(10_000):
        folders.drop(f"{number % 37}/{number}.txt", f"fine {number}")
    daemon = folders.start()
    folders.wait_for(lambda: folders.query("SELECT count(*) FROM file") == [(10_000,)], "not seen")
    folders.wait_for(lambda: folders.states()["seen"] == 0, "not settled", timeout_s=200)
    spooled = len(list((folders.state / "spool").iterdir()))
    folders.drop("urgent.txt", "fine and urgent")
    urgent = "SELECT 1 FROM file WHERE name LIKE '%urgent.txt' AND state = 'filed'"
    folders.wait_for(lambda: folders.query(urgent), "the newest had to wait")
    assert folders.states()["settled"] > 5_000, "the newest came last"
    assert spooled < 30, "the backlog was copied"
    assert stop(daemon) == 0
    kept = Counter(digest for folder in (folders.inbox, folders.archive) for digest in hash_all(folder))
    assert folders.dropped == kept
