"""The process that the fault tests' daemons are forked from is clean, and nothing of it outlives the tests."""

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.faults.daemon_server import ROOT, find_hazards, find_server
from tests.faults.folders import Folders, stop

# A process that has a database open, its child by fork that writes to it, and a stranger who closes it meanwhile.
FORK_WITH_OPEN_DATABASE = """
import os, sqlite3, subprocess, sys
def connect():
    return sqlite3.connect(sys.argv[1], isolation_level=None)
parent = connect()
parent.execute("PRAGMA journal_mode=WAL")
parent.execute("CREATE TABLE t (a)")
if sys.argv[2] == "closed":
    parent.close()
child = os.fork()
if child == 0:
    daemon = connect()
    daemon.execute("INSERT INTO t VALUES (1)")
    inode = os.stat(sys.argv[1]).st_ino
    rows = [line.split() for line in open("/proc/locks")]
    held = [row for row in rows if row[4] == str(os.getpid()) and row[5].endswith(f":{inode}")]
    os._exit(len(held))
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.parametrize(("parent", "locks"), [("closed", 1), ("open", 0)])
def test_why_a_database_must_not_be_carried_across_a_fork(quick_folder, parent, locks):
    """The child's connection holds no lock at all where the parent had the same database open."""
    command = [sys.executable, "-c", FORK_WITH_OPEN_DATABASE, quick_folder / "x.db", parent]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) == locks


def test_open_databases_and_other_threads_are_found_before_a_fork(quick_folder):
    assert not any(str(quick_folder) in hazard for hazard in find_hazards())
    go = threading.Event()
    thread = threading.Thread(target=go.wait, name="in the way")
    connection = sqlite3.connect(quick_folder / "open.db")
    thread.start()
    found = find_hazards()
    go.set()
    thread.join()
    connection.close()
    assert str(quick_folder / "open.db") in found
    assert "in the way" in found


def test_the_server_itself_stays_clean(quick_folder):
    """It forks daemons that open databases and start threads, and has none of them."""
    folders = Folders(quick_folder)
    folders.drop("a.txt", "fine")
    folders.run_to_the_end()
    server = find_server().process.pid
    opened = [str(path.readlink()) for path in Path(f"/proc/{server}/fd").iterdir()]
    assert not [name for name in opened if "invoicewatch.db" in name]
    assert len(list(Path(f"/proc/{server}/task").iterdir())) == 1


def test_server_and_daemons_die_with_the_tests(quick_folder):
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from tests.faults.daemon_server import find_server\n"
        "from tests.faults.folders import Folders\n"
        "daemon = Folders(Path(sys.argv[1])).start()\n"
        "print(daemon.pid, find_server().process.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    command = [sys.executable, "-c", script, quick_folder]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as tests:
        assert tests.stdout
        pids = tests.stdout.readline().split()
        tests.kill()
    assert len(pids) == 2
    end_s = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        assert time.monotonic() < end_s, "a daemon outlived the tests"
        time.sleep(0.05)


def test_a_daemon_that_ends_is_known_by_its_exit_code(quick_folder):
    folders = Folders(quick_folder)
    killed = folders.start()
    killed.kill()
    assert killed.returncode == -9
    stopped = folders.start()
    folders.wait_for(lambda: "watching inbox" in folders.log, "it never started")
    assert stop(stopped) == 0
