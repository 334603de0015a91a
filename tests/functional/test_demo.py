"""`make demo`, with fewer samples and in a folder of the test's own."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_demonstration_records_its_samples_finds_one_and_stops_its_daemon(tmp_path):
    folder = tmp_path / "demo"
    command = [sys.executable, str(ROOT / "scripts" / "demo.py"), "--count", "2", "--folder", str(folder)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 of 3 recorded" in done.stdout
    assert re.search(r"^What correction did to photograph-\S+ .*:\n  \S.* \| .*\S$", done.stdout, re.MULTILINE)
    assert re.search(r"^\$ \S+ --config \S+ search \S+$", done.stdout, re.MULTILINE)
    assert re.search(r"^total +\d", done.stdout, re.MULTILINE)
    assert re.search(r"^In the browser:  \S+ --config \S+ web --open$", done.stdout.splitlines()[-1])
    assert len([file for file in (folder / "archive").rglob("*") if file.is_file()]) == 3
    assert list((folder / "inbox").iterdir()) == []
    assert "level=error" not in (folder / "daemon.log").read_text(encoding="utf-8")
