"""Show the whole road: sample scans fall into a watched folder, and seconds later they can be searched.

Everything happens under demo/, which is made anew each time. The daemon is the real one, run as anybody would run it.

Usage: demo.py [--count N] [--seed S]
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "demo"
CONFIG = f"""\
# Made by `make demo`. Every setting is explained in ../config.toml.
[paths]
inboxes = ["inbox"]

[intake]
settle_s = 1.0

[model]
path = "{ROOT}/models/SmolLM2-135M-Instruct.Q4_1.gguf"
"""
GIVE_UP_S = 600.0


def main() -> None:
    """Run the demonstration; exits with 1 if a sample does not become a record."""
    parser = argparse.ArgumentParser(description="Watch sample scans become searchable invoices.")
    parser.add_argument("--count", type=int, default=6, help="how many sample scans")
    parser.add_argument("--seed", type=int, default=2026, help="other samples with another seed")
    options = parser.parse_args()
    shutil.rmtree(DEMO, ignore_errors=True)
    DEMO.mkdir()
    (DEMO / "config.toml").write_text(CONFIG, encoding="utf-8")
    truths = make_samples(options.count, options.seed)
    with running_daemon():
        drop_into_inbox([DEMO / "samples" / truth["file"] for truth in truths])
        wait_for_records(len(truths))
        show_findings(truths)
    say("All of it is under demo/: originals by month in demo/archive, the database in demo/state.")
    say(f"Try:  {command_line('search', 'invoice')}")


def make_samples(count: int, seed: int) -> list[dict[str, Any]]:
    """Print and badly scan invoices that never existed; what they say is in truth.jsonl."""
    say(f"Making {count} sample scans ...")
    generator = [sys.executable, "-m", "invoicewatch.samples", str(DEMO / "samples"), "--grade", "1"]
    generator += ["--count", str(count), "--seed", str(seed), "--kinds", "invoice", "receipt"]
    generator += ["--forms", "tiff", "jpg", "scan.pdf", "png", "facturx.pdf"]
    subprocess.run(generator, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    lines = (DEMO / "samples" / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@contextmanager
def running_daemon() -> Iterator[None]:
    """`invoicewatch run` in the background, its log in demo/daemon.log; told to stop at the end."""
    say(f"Starting the daemon:  {command_line('run')}")
    with (DEMO / "daemon.log").open("w", encoding="utf-8") as log:
        daemon = subprocess.Popen(command("run"), stdout=log, stderr=subprocess.STDOUT, cwd=ROOT)
        try:
            yield
            if daemon.poll() is not None:
                fail(f"the daemon ended by itself with exit code {daemon.returncode}")
        finally:
            daemon.send_signal(signal.SIGTERM)
            daemon.wait(timeout=60)


def drop_into_inbox(files: list[Path]) -> None:
    """Copy them as a scanner would: whole files, one after the other."""
    inbox = DEMO / "inbox"
    inbox.mkdir(exist_ok=True)
    for file in files:
        shutil.copy(file, inbox)
    say(f"Copied {len(files)} scans into {inbox.relative_to(ROOT)}/")


def wait_for_records(expected: int) -> None:
    """Show how many are recorded until all are; one that took too long is a failure."""
    started = time.monotonic()
    shown = -1
    while shown < expected:
        recorded = len(ask("list"))
        if recorded != shown:
            shown = recorded
            say(f"  {shown} of {expected} recorded after {time.monotonic() - started:4.1f} s")
        if time.monotonic() - started > GIVE_UP_S:
            fail(f"only {shown} of {expected} scans were recorded")
        time.sleep(0.3)


def show_findings(truths: list[dict[str, Any]]) -> None:
    """Search for a seller that is known to be there, and show what is known of the best hit."""
    sellers = [truth["fields"]["seller_name"] for truth in truths if truth["fields"]["seller_name"]]
    word = max(sellers[0].split(), key=len)
    say("", f"$ {command_line('search', word)}")
    subprocess.run(command("search", word), check=True, cwd=ROOT)
    hits = ask("search", word)
    if not hits:
        fail(f"a search for {word!r} found nothing")
    say("", f"$ {command_line('show', str(hits[0]['id']))}")
    subprocess.run(command("show", str(hits[0]["id"])), check=True, cwd=ROOT)
    say("")


def ask(*arguments: str) -> list[dict[str, Any]]:
    """What a command prints with --json: one object a line. Nothing until the daemon has made the database."""
    done = subprocess.run([*command(*arguments), "--json"], check=False, capture_output=True, text=True, cwd=ROOT)
    return [json.loads(line) for line in done.stdout.splitlines()] if done.returncode == 0 else []


def command(*arguments: str) -> list[str]:
    """The program of this virtual environment with the demo's configuration."""
    program = Path(sys.executable).with_name("invoicewatch")
    return [str(program), "--config", str(DEMO / "config.toml"), *arguments]


def command_line(*arguments: str) -> str:
    """The same as a person types it."""
    return " ".join([".venv/bin/invoicewatch --config demo/config.toml", *arguments])


def say(*lines: str) -> None:
    """Print at once, so that it stands in order with what the program prints."""
    print(*lines, sep=os.linesep, flush=True)


def fail(reason: str) -> None:
    """End with the reason and the daemon's last words."""
    log = (DEMO / "daemon.log").read_text(encoding="utf-8", errors="replace").splitlines()
    sys.exit("\n".join([*log[-15:], f"The demonstration failed: {reason}. The daemon's log: demo/daemon.log"]))


if __name__ == "__main__":
    main()
