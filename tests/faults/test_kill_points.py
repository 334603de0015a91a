"""SIGKILL of the daemon at every named point between two steps: nothing is lost and nothing happens twice."""

import signal

import pytest

from tests.faults.folders import Folders

POINTS = [
    "seen",
    "settled",
    "copied",
    "claimed",
    "working",
    "written",
    "recorded",
    "waiting",
    "set_aside",
    "target chosen",
    "moved",
    "reason written",
    "filed",
]

# Between the copy, its fsync, its verification, its rename, and the removal of the original.
POINTS_ACROSS = ["copy synced", "copy verified", "copied across"]

ONCE = {"seen", "settled"}  # everything lies there from the beginning


@pytest.fixture
def folders(quick_folder):
    folders = Folders(quick_folder)
    drop_all_kinds(folders)
    return folders


@pytest.fixture
def folders_across(quick_folder, tmp_path):
    """The inbox on one file system, archive and the rest on another."""
    if quick_folder.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is one file system only")
    folders = Folders(quick_folder)
    folders.archive, folders.set_aside, folders.duplicates = (tmp_path / name for name in ("archive", "bad", "again"))
    folders.paths = {name: getattr(folders, name) for name in ("archive", "set_aside", "duplicates")}
    folders.write_config()
    drop_all_kinds(folders)
    return folders


def drop_all_kinds(folders):
    folders.drop("a.txt", "fine a")
    folders.drop("b.txt", "fine b")
    folders.drop("again.txt", "fine a")
    folders.drop("stack.txt", "stack of three")
    folders.drop("locked.txt", "encrypted")
    folders.drop("sub/poison.txt", "crash in ocr")
    folders.drop(b"m\xfcll.txt", "crash in correct")


def test_every_point_between_two_steps_has_its_kill(folders, tmp_path):
    """A new point in the daemon must be added to the list above."""
    log = tmp_path / "points"
    folders.run_to_the_end(POINTS_LOG=str(log))
    assert set(log.read_text().split("\n")[:-1]) == set(POINTS)


def test_every_point_on_the_way_to_another_file_system_has_its_kill(folders_across, tmp_path):
    log = tmp_path / "points"
    folders_across.run_to_the_end(POINTS_LOG=str(log))
    folders_across.check_sound()
    assert set(log.read_text().split("\n")[:-1]) == {*POINTS, *POINTS_ACROSS}


@pytest.mark.parametrize("number", [1, 2, 7])
@pytest.mark.parametrize("point", [*POINTS_ACROSS, "moved"])
def test_a_kill_on_the_way_to_another_file_system_costs_nothing(folders_across, point, number):
    kill_and_go_on(folders_across, point, number)


@pytest.mark.parametrize(("point", "number"), [*((p, 1) for p in POINTS), *((p, 2) for p in POINTS if p not in ONCE)])
def test_a_kill_costs_nothing(folders, point, number):
    kill_and_go_on(folders, point, number)


@pytest.mark.parametrize(
    ("point", "number"),
    [("copied", 4), ("claimed", 1), ("written", 1), ("written", 3), ("recorded", 1), ("recorded", 3)],
)
def test_a_kill_while_many_are_committed_at_once_costs_nothing(quick_folder, point, number):
    folders = Folders(quick_folder, workers=4)
    drop_all_kinds(folders)
    kill_and_go_on(folders, point, number, TOGETHER="4")


def test_many_are_committed_at_once_all_or_none(quick_folder):
    folders = Folders(quick_folder, workers=4)
    for number in range(4):
        folders.drop(f"{number}.txt", f"fine {number}")
    daemon = folders.start(KILL_AT="written:4", TOGETHER="4")
    try:
        daemon.wait(60)
    finally:
        daemon.kill()
    assert folders.query("SELECT count(*) FROM invoice") == [(0,)]
    assert folders.states() == {"working": 4}
    daemon = folders.start(KILL_AT="recorded:1", TOGETHER="4")
    try:
        daemon.wait(60)
    finally:
        daemon.kill()
    assert folders.query("SELECT count(*) FROM invoice") == [(4,)]
    folders.run_to_the_end()
    folders.check_sound()


def kill_and_go_on(folders, point, number, **env):
    daemon = folders.start(KILL_AT=f"{point}:{number}", **env)
    try:
        code = daemon.wait(60)
    finally:
        daemon.kill()
    assert code == -signal.SIGKILL, folders.log[-4000:]
    folders.run_to_the_end()
    folders.check_sound()
    statuses = dict(folders.query("SELECT file_name, status FROM invoice"))
    assert statuses["locked.txt"] == statuses["poison.txt"] == "failed"
    assert sorted(statuses.values()).count("accepted") == 4
    parts = folders.query("SELECT part, part_pages FROM invoice WHERE file_name = 'stack.txt' ORDER BY part")
    assert parts == [(1, "[1]"), (2, "[3]"), (3, "[5]")]
