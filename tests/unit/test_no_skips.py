"""Under INVOICEWATCH_CI=1 a test that is skipped fails: nothing goes untested unseen."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

RULES = Path(__file__).resolve().parents[1] / "conftest.py"
FILES = {
    "test_skips_itself.py": "import pytest\ndef test_it():\n    pytest.skip('no root')\n",
    "test_is_marked.py": "import pytest\n@pytest.mark.skipif(True, reason='no root')\ndef test_it():\n    pass\n",
    "test_skips_its_file.py": "import pytest\npytest.importorskip('no_such_module_here')\ndef test_it():\n    pass\n",
    "test_expects_to_fail.py": "import pytest\n@pytest.mark.xfail\ndef test_it():\n    assert False\n",
}


BOTH_WAYS = pytest.mark.parametrize("way", [(), ("-p", "xdist", "-n", "2", "--dist", "loadfile")], ids=["one", "two"])


def run_pytest(folder, ci, way):
    for name, text in {"conftest.py": RULES.read_text(encoding="utf-8"), **FILES}.items():
        (folder / name).write_text(text, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "--continue-on-collection-errors",
        *way,
        str(folder),
    ]
    env = {**os.environ, "INVOICEWATCH_CI": ci, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    return done.stdout


@BOTH_WAYS
def test_a_skip_of_any_kind_fails_there(tmp_path, way):
    said = run_pytest(tmp_path, "1", way)
    assert "1 failed, 1 xfailed, 2 errors" in said
    assert "skipped where nothing may be: no root" in said


@BOTH_WAYS
def test_elsewhere_a_skip_is_a_skip(tmp_path, way):
    assert "3 skipped, 1 xfailed" in run_pytest(tmp_path, "", way)
