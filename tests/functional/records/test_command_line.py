import subprocess
import sys

import pytest

from invoicewatch import __version__
from invoicewatch.cli.lazy import COMMANDS


def test_version(office):
    assert office.run("--version").out == f"invoicewatch {__version__}\n"


def test_help_names_every_command(office):
    done = office.run("--help")
    assert done.code == 0
    for name in COMMANDS:
        assert f" {name} " in done.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(office, name):
    done = office.run(name, "--help")
    assert done.code == 0
    assert "Usage: invoicewatch" in done.out


def test_a_misspelt_command_is_put_right(office):
    done = office.run("serach")
    assert done.code == 2
    assert "search" in done.err


def test_a_reader_that_goes_away_is_no_error(filled):
    command = f"{sys.executable} -m invoicewatch.cli.main --config {filled.config} list --json -n 10000 | head -c 1"
    done = subprocess.run(command, shell=True, capture_output=True, timeout=60, check=False)
    assert b"Traceback" not in done.stderr


def test_search_and_help_load_no_heavy_library(filled):
    code = (
        "import sys\n"
        "from invoicewatch.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "heavy = {'sqlmodel', 'sqlalchemy', 'alembic', 'pydantic', 'numpy', 'PIL', 'cv2', 'huggingface_hub'}\n"
        "heavy &= set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)\n"
    )
    for arguments in (["--help"], ["search", "--help"], ["--config", str(filled.config), "search", "acme"]):
        done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
