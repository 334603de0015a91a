"""Daemons in forked children of a clean process: they start at once, as everything is imported there already.

``python -m tests.faults.daemon_server FD`` is that process, and not the test runner, since a fork copies more than it
should. SQLite must not be carried across it (sqlite.org/howtocorrupt.html, 2.6): a child that inherits an open database
believes that it holds locks which the kernel never gave it. And native engines must not: OpenVINO, once closed, leaves
a signal stack (sigaltstack(2)) in memory that it has freed; the next signal's frame is written over whatever lies there
by then, and in a daemon that was the database's shared memory: "database disk image is malformed".

So this process opens no database, loads no engine and starts no thread, and looks that this is so before every fork. It
dies with the test runner, and its daemons with it.
"""

# ruff: noqa: PTH115 - descriptors' links are read by their text

import atexit
import ctypes
import functools
import gc
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from contextlib import suppress
from pathlib import Path

from invoicewatch.errors import InvoicewatchError
from invoicewatch.workers.parent import PR_SET_PDEATHSIG
from tests.faults import cheap_daemon

ROOT = Path(__file__).parents[2]
# What a daemon imports only when it needs it: imported once here rather than in every child.
LATE = ("alembic.command", "alembic.config", "sqlalchemy.dialects.sqlite.pysqlite")
NATIVE = frozenset({"openvino", "onnxruntime", "llama_cpp"})


class Daemon:
    """A daemon in a child of the server. Much like a Popen, but the server is its parent."""

    def __init__(self, config_file, env, log):
        self.returncode: int | None = None
        self._server = find_server()
        self.pid = self._server.ask(config=str(config_file), env={**os.environ, **env}, log=str(log))

    def send_signal(self, number):
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self):
        self.send_signal(signal.SIGKILL)
        self.wait(10)

    def poll(self):
        if self.returncode is None:
            self.returncode = self._server.ask(poll=self.pid)
        return self.returncode

    def wait(self, timeout_s):
        end_s = time.monotonic() + timeout_s
        while self.poll() is None:
            if time.monotonic() > end_s:
                raise TimeoutError(f"daemon {self.pid} still runs")
            time.sleep(0.01)
        return self.returncode


class DaemonServer:
    """The server as the tests see it."""

    def __init__(self):
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "tests.faults.daemon_server", str(theirs.fileno())]
            self.process = subprocess.Popen(command, cwd=ROOT, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        self._socket = ours
        self._answers = ours.makefile("r", encoding="utf-8")

    def ask(self, **request):
        self._socket.sendall(json.dumps(request).encode() + b"\n")
        line = self._answers.readline()
        assert line, "the server of daemons is gone"
        answer = json.loads(line)
        assert "error" not in answer, answer["error"]
        return answer["answer"]

    def close(self):
        self._answers.close()
        self._socket.close()
        self.process.wait(10)


@functools.cache
def find_server():
    """The server of this process, started with the first daemon."""
    server = DaemonServer()
    atexit.register(server.close)
    return server


def serve(descriptor):
    """Answer requests until the tests are over."""
    _die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in LATE:
        importlib.import_module(name)
    gc.freeze()
    with socket.socket(fileno=descriptor) as peer:
        for line in peer.makefile("r", encoding="utf-8"):
            peer.sendall(json.dumps(_answer(json.loads(line), peer)).encode() + b"\n")


def _answer(request, peer):
    if "poll" in request:
        pid, status = os.waitpid(request["poll"], os.WNOHANG)
        return {"answer": os.waitstatus_to_exitcode(status) if pid else None}
    if trouble := find_hazards():
        return {"error": f"it is not safe to fork: {trouble}"}
    server = os.getpid()
    pid = os.fork()
    if pid == 0:
        peer.close()
        _die_with_parent()
        if os.getppid() != server:  # it died before we asked to die with it
            os._exit(70)
        _become_daemon(Path(request["config"]), request["env"], Path(request["log"]))
    return {"answer": pid}


def find_hazards():
    """What must not be there when a process forks: databases that are open, native engines, and other threads."""
    names = set()
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the descriptor that lists them
            names.add(os.readlink(entry))
    databases = sorted(name for name in names if name.removesuffix(" (deleted)").endswith((".db", "-wal", "-shm")))
    engines = sorted(NATIVE.intersection(sys.modules))
    return databases + engines + [each.name for each in threading.enumerate() if each is not threading.main_thread()]


def _die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _become_daemon(config_file, env, log):
    """Run and exit; never return into the server whose copy we are."""
    code = 70
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with log.open("ab") as out:
            os.dup2(out.fileno(), 1)
            os.dup2(out.fileno(), 2)
        sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
        os.environ.clear()
        os.environ.update(env)
        cheap_daemon.run(config_file, env)
        code = 0
    except InvoicewatchError as exc:
        os.write(2, f"{type(exc).__name__}: {exc.message}\n".encode())
        code = exc.exit_code
    except BaseException:  # noqa: BLE001 - a copy of the server must not run on
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
