"""Have records judged again that an answer concerns, by the daemon or a process here, while the person goes on."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import msgspec
import structlog

from invoicewatch.answers.review.progress import list_queued
from invoicewatch.answers.runs.again import judge_queued
from invoicewatch.answers.runs.retry import wake_daemon
from invoicewatch.config import Config

_LIMIT_S = 20.0
_ENDS_WITHIN_S = 60.0
_NICENESS = 10

_judging = threading.Lock()


def start_judging(config: Config) -> None:
    """Begin if anything is queued, and return at once; what has begun before and is not done takes all in."""
    state = Path(config.paths.state)
    if list_queued(state) and not wake_daemon(state):
        threading.Thread(target=_judge_apart, args=(msgspec.json.encode(config),), daemon=True).start()


def _judge_apart(setup: bytes) -> None:
    """In a process of its own: judging needs memory and one core for a while, and the page has neither to spare."""
    if not _judging.acquire(blocking=False):
        return
    try:
        path = os.pathsep.join(entry for entry in sys.path if entry)
        ended = subprocess.run(
            [sys.executable, "-P", "-m", "invoicewatch.web.pages.review.judging"],
            input=setup,
            env=os.environ | {"PYTHONPATH": path},
            # What it says may quote a document.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_ENDS_WITHIN_S,
            check=False,
        )
        if ended.returncode:
            structlog.get_logger().warning("not judged again", status=ended.returncode)
    except subprocess.TimeoutExpired:
        structlog.get_logger().warning("not judged again", status="too slow")  # what is left stays in the queue
    finally:
        _judging.release()


def main() -> None:
    """Judge what is queued with the settings that stand on the standard input."""
    os.nice(_NICENESS)
    judge_queued(msgspec.json.decode(sys.stdin.buffer.read(), type=Config), limit_s=_LIMIT_S)


if __name__ == "__main__":
    main()
