"""Scenarios that mount things; each runs in a mount namespace of its own: ``python -m tests.faults.mount_scenarios``.

The caller has made the namespace (``unshare --mount``), so nothing here is seen outside, and all of it is gone when
the process ends.
"""

import subprocess
import sys
import time
from pathlib import Path

from invoicewatch.config import load_config
from invoicewatch.daemon.health import read_health
from tests.faults.folders import Folders, stop

MEGABYTE = 2**20


def mount(*words):
    subprocess.run(["mount", *map(str, words)], check=True)


def mount_memory(folder, size):
    folder.mkdir(parents=True, exist_ok=True)
    mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder)


def problems(folders):
    return " ".join(read_health(load_config(folders.config).config, time.time()).problems)


def disk_full(base, min_free_mb):
    """The state's disk fills up: intake pauses, says so, and resumes by itself."""
    folders = Folders(base, settle_s=0.1, min_free_mb=min_free_mb)
    mount_memory(folders.state, "8m")
    daemon = folders.start()
    folders.drop("before.txt", "fine before")
    folders.wait_for(folders.is_done, "it never worked")
    ballast = folders.state / "ballast"
    fill(ballast)
    for number in range(3):
        folders.drop(f"{number}.txt", f"fine {number}" + "." * MEGABYTE)
    folders.wait_for(lambda: "paused" in problems(folders) or "intake pauses" in folders.log, "it said nothing")
    time.sleep(3)
    assert len(folders.files_in_inbox()) == 3, "an original left the inbox"
    assert folders.log.count("intake pauses") == 1, "it says it again and again"
    assert daemon.poll() is None, folders.log[-4000:]
    ballast.unlink()
    folders.wait_for(folders.is_done, "it did not resume")
    assert "intake resumes" in folders.log
    assert stop(daemon) == 0
    folders.check_sound()


def fill(ballast):
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"\1" * 4096):
                pass
        except OSError:
            return


def disk_full_below_reserve(base):
    disk_full(base, min_free_mb=1)


def disk_full_to_the_last_byte(base):
    disk_full(base, min_free_mb=0)


def archive_read_only(base):
    """What cannot be filed is recorded all the same; its original stays until it can be."""
    folders = Folders(base)
    mount_memory(folders.archive, "8m")
    mount("-o", "remount,ro", folders.archive)
    folders.drop("a.txt", "fine a")
    daemon = folders.start()
    folders.wait_for(lambda: folders.states()["recorded"], "not recorded")
    folders.wait_for(lambda: "cannot file" in problems(folders), "status does not say so")
    assert len(folders.files_in_inbox()) == 1
    mount("-o", "remount,rw", folders.archive)
    folders.wait_for(folders.is_done, "not filed once it could be")
    folders.wait_for(lambda: "cannot file" not in problems(folders), "status still complains")
    assert stop(daemon) == 0
    folders.check_sound()


def archive_full(base):
    """No room in the archive: nothing is lost, nothing is half there, and it goes on once there is room."""
    folders = Folders(base)
    mount_memory(folders.archive, "2m")
    fill(folders.archive / "ballast")
    folders.drop("a.txt", "fine a" + "." * MEGABYTE)
    daemon = folders.start()
    folders.wait_for(lambda: "intake pauses" in folders.log, "it said nothing")
    assert len(folders.files_in_inbox()) == 1
    (folders.archive / "ballast").unlink()
    folders.wait_for(folders.is_done, "it did not resume")
    assert stop(daemon) == 0
    folders.check_sound()


def archive_on_another_disk(base):
    """Moving across file systems copies, verifies and only then removes; a kill in between loses nothing."""
    folders = Folders(base)
    mount_memory(folders.archive, "8m")
    mount_memory(folders.set_aside, "8m")
    folders.drop("a.txt", "fine a")
    folders.drop("b.txt", "encrypted")
    folders.start(KILL_AT="copied across:1").wait(30)
    assert len(folders.files_in_inbox()) >= 1
    folders.start(KILL_AT="copied across:1").wait(30)
    folders.run_to_the_end()
    folders.check_sound()


def share_goes_and_comes(base):
    """An unmounted share is an outage, not an empty inbox; also for a daemon that starts meanwhile."""
    folders = Folders(base, watch="polling", poll_s=0.2)
    share = base / "share"
    mount_memory(share, "8m")
    mount("--bind", share, folders.inbox)
    folders.drop("first.txt", "fine first")
    (folders.inbox / "placeholder.txt").touch()
    daemon = folders.start()
    folders.wait_for(lambda: folders.states() == {"filed": 1, "seen": 1}, "it never worked")
    subprocess.run(["umount", "--lazy", folders.inbox], check=True)
    folders.wait_for(lambda: "cannot be reached" in problems(folders), "the outage was not noticed")
    check_outage(folders)
    assert folders.log.count("inbox cannot be reached") == 1, "it says it again and again"
    assert stop(daemon) == 0
    daemon = folders.start()
    folders.wait_for(lambda: "cannot be reached" in problems(folders), "not noticed after a restart")
    check_outage(folders)
    (share / "placeholder.txt").write_text("fine at last")
    (share / "second.txt").write_text("fine second")
    mount("--bind", share, folders.inbox)
    folders.wait_for(lambda: folders.states() == {"filed": 3}, "it did not come back by itself")
    assert "inbox is back" in folders.log
    folders.wait_for(lambda: not problems(folders), "status still complains")
    assert stop(daemon) == 0


def check_outage(folders):
    """While the share is away no row changes."""
    before = folders.query("SELECT * FROM file ORDER BY id")
    time.sleep(2)
    assert folders.query("SELECT * FROM file ORDER BY id") == before
    assert folders.states() == {"filed": 1, "seen": 1}


def watched_share_is_watched_again(base):
    """After an outage of a folder watched by inotify its events count again."""
    folders = Folders(base, watch="inotify", reconcile_s=2.0)
    share = base / "share"
    mount_memory(share, "8m")
    mount("--bind", share, folders.inbox)
    daemon = folders.start()
    folders.wait_for(lambda: "watching inbox" in folders.log, "it never started")
    subprocess.run(["umount", "--lazy", folders.inbox], check=True)
    folders.wait_for(lambda: "cannot be reached" in problems(folders), "the outage was not noticed")
    mount("--bind", share, folders.inbox)
    folders.wait_for(lambda: "inbox is back" in folders.log, "it did not come back")
    folders.drop("a.txt", "fine a")
    folders.wait_for(folders.is_done, "not noticed")
    assert stop(daemon) == 0


SCENARIOS = {
    each.__name__: each
    for each in (
        disk_full_below_reserve,
        disk_full_to_the_last_byte,
        archive_read_only,
        archive_full,
        archive_on_another_disk,
        share_goes_and_comes,
        watched_share_is_watched_again,
    )
}

if __name__ == "__main__":
    SCENARIOS[sys.argv[1]](Path(sys.argv[2]))
