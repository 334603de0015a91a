"""Scenarios that mount things; each runs in a mount namespace of its own: ``python -m tests.faults.mount_scenarios``.

The caller has made the namespace (``unshare --mount``), so nothing here is seen outside, and all of it is gone when
the process ends.
"""

import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from invoicewatch.config import load_config
from invoicewatch.daemon.health.state import read_health
from tests.faults.folders import Folders, stop
from tests.faults.hanging_share import HangingShare

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


def share_hangs(base):
    """A share that answers nothing holds up neither the other inbox, nor the watchdog, nor the daemon's end."""
    folders = Folders(base, poll_s=0.2, answer_s=1.0)
    share = HangingShare(base / "share")
    folders.paths["inboxes"] = [folders.inbox, base / "share"]
    folders.write_config()
    share.files["first.txt"] = b"fine first"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(base / "notify"))
        manager.settimeout(5)
        daemon = folders.start(NOTIFY_SOCKET=str(base / "notify"), WATCHDOG_USEC="3000000")
        folders.wait_for(lambda: folders.states() == {"filed": 1}, "it never worked")
        share.hang()
        share.files["second.txt"] = b"fine second"
        folders.wait_for(lambda: "does not answer since" in problems(folders), "the outage was not noticed")
        folders.drop("local.txt", "fine local")
        folders.wait_for(lambda: folders.states() == {"filed": 2}, "the other inbox was held up", 20)
        check_watchdog(manager)
    assert folders.log.count("inbox cannot be reached") == 1, "it says it again and again"
    share.answer()
    folders.wait_for(lambda: folders.states() == {"filed": 3}, "it did not come back by itself")
    folders.wait_for(lambda: not problems(folders), "status still complains")
    assert "inbox is back" in folders.log
    assert not share.files
    share.hang()
    folders.wait_for(lambda: "does not answer since" in problems(folders), "the second outage was not noticed")
    assert stop(daemon) == 0
    assert "does not answer since" in problems(folders), "status does not say so without the daemon"
    check_start_without(folders, share)


def check_watchdog(manager):
    """What was sent before is read first; then it is fed for as long as three of its times."""
    manager.setblocking(False)
    with suppress(BlockingIOError):
        while True:
            manager.recv(4096)
    manager.settimeout(3)
    end_s = time.monotonic() + 9
    while time.monotonic() < end_s:
        manager.recv(4096)


def check_start_without(folders, share):
    """A daemon that starts meanwhile works too."""
    daemon = folders.start()
    folders.drop("new.txt", "fine and new")
    folders.wait_for(lambda: folders.states() == {"filed": 4}, "it does not work without the share", 30)
    assert stop(daemon) == 0
    share.answer()


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
        share_hangs,
    )
}

if __name__ == "__main__":
    SCENARIOS[sys.argv[1]](Path(sys.argv[2]))
