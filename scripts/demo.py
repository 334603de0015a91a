"""Show the whole road: sample scans fall into a watched folder, and seconds later they can be searched.

Everything happens under demo/, which is made anew each time. The daemon is the real one, run as anybody would run it.

Usage: demo.py [--count N] [--seed S] [--folder FOLDER]
"""

import argparse
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent.parent
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
    parser.add_argument("--folder", type=Path, default=ROOT / "demo", help="where; it is emptied first")
    options = parser.parse_args()
    shutil.rmtree(options.folder, ignore_errors=True)
    options.folder.mkdir(parents=True)
    demo = Demo(options.folder)
    demo.config.write_text(CONFIG, encoding="utf-8")
    truths = demo.make_samples(options.count, options.seed)
    photograph = demo.take_photograph(options.seed)
    with demo.running_daemon():
        demo.drop_into_inbox([photograph, *(demo.folder / "samples" / truth["file"] for truth in truths)])
        demo.wait_for_records(len(truths) + 1)
        demo.show_findings(truths)
        demo.show_correction(photograph.name)
    say(f"All of it is under {demo.folder.name}/: originals in archive, by month; the database in state.")
    say(f"In the browser:  {demo.command_line('web', '--open')}")


@dataclass(frozen=True, slots=True)
class Demo:
    """One demonstration in a folder of its own."""

    folder: Path

    @property
    def config(self) -> Path:
        """Its configuration file."""
        return self.folder / "config.toml"

    @property
    def log(self) -> Path:
        """What its daemon writes."""
        return self.folder / "daemon.log"

    def make_samples(self, count: int, seed: int) -> list[dict[str, Any]]:
        """Print and badly scan invoices that never existed; what they say is in truth.jsonl."""
        say(f"Making {count} sample scans and a photograph ...")
        samples = self.folder / "samples"
        generator = [sys.executable, "-m", "invoicewatch.samples", str(samples), "--grade", "1"]
        generator += ["--count", str(count), "--seed", str(seed), "--kinds", "invoice", "receipt"]
        generator += ["--forms", "tiff", "jpg", "scan.pdf", "png", "facturx.pdf"]
        subprocess.run(generator, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        lines = (samples / "truth.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def take_photograph(self, seed: int) -> Path:
        """A receipt of the same seed as a careless photograph: what correction is for."""
        folder = self.folder / "photograph"
        generator = [sys.executable, "-m", "invoicewatch.samples", str(folder), "--grade", "3", "--count", "1"]
        generator += ["--seed", str(seed), "--kinds", "receipt", "--forms", "jpg"]
        subprocess.run(generator, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        (file,) = folder.glob("*.jpg")
        return file.rename(file.with_name(f"photograph-{file.name}"))

    @contextmanager
    def running_daemon(self) -> Iterator[None]:
        """`invoicewatch run` in the background, told to stop at the end."""
        say(f"Starting the daemon:  {self.command_line('run')}")
        with self.log.open("w", encoding="utf-8") as log:
            daemon = subprocess.Popen(self.command("run"), stdout=log, stderr=subprocess.STDOUT, cwd=ROOT)
            try:
                yield
                if daemon.poll() is not None:
                    self.fail(f"the daemon ended by itself with exit code {daemon.returncode}")
            finally:
                daemon.send_signal(signal.SIGTERM)
                daemon.wait(timeout=60)

    def drop_into_inbox(self, files: list[Path]) -> None:
        """Copy them as a scanner would: whole files, one after the other."""
        inbox = self.folder / "inbox"
        inbox.mkdir(exist_ok=True)
        for file in files:
            shutil.copy(file, inbox)
        say(f"Copied {len(files)} scans into {self.folder.name}/inbox/")

    def wait_for_records(self, expected: int) -> None:
        """Show how many are recorded until all are; one that took too long is a failure."""
        started = time.monotonic()
        shown = -1
        while shown < expected:
            recorded = len(self.ask("list"))
            if recorded != shown:
                shown = recorded
                say(f"  {shown} of {expected} recorded after {time.monotonic() - started:4.1f} s")
            if time.monotonic() - started > GIVE_UP_S:
                self.fail(f"only {shown} of {expected} scans were recorded")
            time.sleep(0.3)

    def show_findings(self, truths: list[dict[str, Any]]) -> None:
        """Search for a seller that is known to be there, and show what is known of the best hit."""
        sellers = [truth["fields"]["seller_name"] for truth in truths if truth["fields"]["seller_name"]]
        word = max(sellers[0].split(), key=len)
        hits = self.ask("search", word)
        if not hits:
            self.fail(f"a search for {word!r} found nothing")
        for arguments in (("search", word), ("show", str(hits[0]["id"])), ("list",)):
            say("", f"$ {self.command_line(*arguments)}")
            subprocess.run(self.command(*arguments), check=True, cwd=ROOT)
        say("")

    def show_correction(self, file: str) -> None:
        """The lines of a record that correction changed: as they were read, and as they are now."""
        (record,) = (hit for hit in self.ask("list") if Path(hit["path"]).name.startswith(file.removesuffix(".jpg")))
        (shown,) = self.ask("show", str(record["id"]))
        say(f"What correction did to {file} (as read | corrected):")
        pairs = zip(shown["raw_text"].splitlines(), shown["enhanced_text"].splitlines(), strict=True)
        changed = [(raw, enhanced) for raw, enhanced in pairs if raw != enhanced]
        width = max((len(raw) for raw, _ in changed), default=0)
        for raw, enhanced in changed:
            say(f"  {raw:{width}} | {enhanced}")
        if not changed:
            say("  nothing: it was read as it stands")
        say("")

    def ask(self, *arguments: str) -> list[dict[str, Any]]:
        """What a command prints with --json: one object a line. Nothing until the daemon has made the database."""
        command = [*self.command(*arguments), "--json"]
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
        return [json.loads(line) for line in done.stdout.splitlines()] if done.returncode == 0 else []

    def command(self, *arguments: str) -> list[str]:
        """The program of this virtual environment with the demo's configuration."""
        return [str(Path(sys.executable).with_name("invoicewatch")), "--config", str(self.config), *arguments]

    def command_line(self, *arguments: str) -> str:
        """The same as a person types it."""
        return shlex.join(
            [os.path.relpath(part) if part.startswith("/") else part for part in self.command(*arguments)]
        )

    def fail(self, reason: str) -> NoReturn:
        """End with the reason and the daemon's last words."""
        last = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
        sys.exit("\n".join([*last, f"The demonstration failed: {reason}. The daemon's log: {self.log}"]))


def say(*lines: str) -> None:
    """Print at once, so that it stands in order with what the program prints."""
    print(*lines, sep=os.linesep, flush=True)


if __name__ == "__main__":
    main()
