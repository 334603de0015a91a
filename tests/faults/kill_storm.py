"""SIGKILLs of daemon and workers at random while scans arrive; then everything must add up."""

import random
import shutil
import signal
import time
from pathlib import Path

from tests.faults.folders import Folders

LANES = 2


def run_storm(base: Path, seed: int, kills: int) -> None:
    """Kill the daemons of two lanes ``kills`` times; nothing is lost and nothing is recorded twice.

    Raises:
        AssertionError: Something was, or a database was damaged.
    """
    lanes = [Lane(base / str(number), seed + number) for number in range(LANES)]
    while sum(lane.kills for lane in lanes) < kills:
        for lane in lanes:
            lane.step()
        time.sleep(0.02)
    for lane in lanes:
        if lane.daemon:
            lane.daemon.kill()
        lane.folders.run_to_the_end(timeout_s=600)
        lane.folders.check_sound()
        assert lane.files == sum(lane.folders.dropped.values())


class Lane:
    """One state folder with a daemon that is killed again and again."""

    def __init__(self, base, seed):
        self.folders = Folders(base)
        self.random = random.Random(seed)
        self.kills = 0
        self.files = 0
        self.daemon = None
        self.killed_by_hand_s = 0.0

    def step(self):
        """Start a daemon if there is none, let a scan arrive now and then, and see whether it is dead."""
        if self.random.random() < 0.01:
            self.drop()
        if self.daemon is None:
            self.drop()
            worker_chance = self.random.choice((0, 0, 0.02, 0.1))
            self.killed_by_hand_s = time.monotonic() + self.random.uniform(0.05, 2.5)
            self.daemon = self.folders.start(
                KILL_AT=f"*:{self.random.randint(1, 30)}", KILL_WORKER=f"{worker_chance}:{self.random.random()}"
            )
        elif time.monotonic() > self.killed_by_hand_s:
            self.daemon.kill()
        if self.daemon.poll() is not None:
            assert self.daemon.returncode == -signal.SIGKILL, self.folders.log[-4000:]
            self.kills += 1
            self.daemon = None
            self.check_database()

    def check_database(self):
        """What a kill leaves behind must be sound before anything mends it; looked at in a copy, which leaves it so."""
        if not self.folders.query("SELECT 1 FROM sqlite_master WHERE name = 'word_index'"):
            return
        copy = Folders(self.folders.base / "look")
        shutil.copytree(self.folders.state, copy.state, ignore=shutil.ignore_patterns("*-shm", "spool", "watch"))
        assert copy.query("PRAGMA integrity_check") == [("ok",)]
        copy.check_index()
        shutil.rmtree(copy.base)

    def drop(self):
        self.files += 1
        kind = self.random.choices(
            ("fine", "again", "encrypted", "crash in ocr", "crash in correct", "busy", "bug"),
            (60, 15, 8, 4, 4, 3, 6),
        )[0]
        number = self.random.randrange(self.files) if kind == "again" else self.files
        text = f"fine {number}" if kind == "again" else f"{kind} {number}"
        folder = self.random.choice(("", "", "sub/", "a/b/"))
        name = self.random.choice((f"{self.files}.txt", f"scan {self.files}.pdf", b"\xff\xfe%d.txt" % self.files))
        path = folder.encode() + name if isinstance(name, bytes) else folder + name
        self.folders.drop(path, text)
