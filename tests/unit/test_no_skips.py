"""Under INVOICEWATCH_CI=1 a test that is skipped fails: nothing goes untested unseen."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

RULES = Path(__file__).resolve().parents[1] / "conftest.py"
SKIPPING = {
    "in_the_test": "import pytest\ndef test_it():\n    pytest.skip('no root')\n",
    "by_a_mark": "import pytest\n@pytest.mark.skipif(True, reason='no root')\ndef test_it():\n    pass\n",
    "as_a_file": "import pytest\npytest.importorskip('no_such_module_here')\ndef test_it():\n    pass\n",
}


def run_pytest(folder, text, ci):
    (folder / "conftest.py").write_text(RULES.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "test_it.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(folder), str(folder)]
    env = {**os.environ, "INVOICEWATCH_CI": ci}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("text", SKIPPING.values(), ids=SKIPPING)
def test_a_skip_fails_there_and_nowhere_else(tmp_path, text):
    there = run_pytest(tmp_path, text, ci="1")
    assert there.returncode != 0
    assert "skipped where nothing may be" in there.stdout
    assert run_pytest(tmp_path, text, ci="").returncode in {0, 5}, "5: no test ran, as the whole file was skipped"


def test_an_expected_failure_is_no_skip(tmp_path):
    text = "import pytest\n@pytest.mark.xfail(strict=True)\ndef test_it():\n    assert False\n"
    assert run_pytest(tmp_path, text, ci="1").returncode == 0
