"""The shell scripts as shellcheck sees them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_shell_scripts_pass_shellcheck():
    in_shell = [path for path in (ROOT / "scripts").iterdir() if path.is_file() and path.suffix != ".py"]
    scripts = [*in_shell, ROOT / ".ci" / "run"]
    done = subprocess.run(["shellcheck", *map(str, scripts)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
