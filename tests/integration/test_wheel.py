"""The wheel holds all that the program needs: installed by itself, away from the source, it reads an invoice."""

import json
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*command, "--no-build-isolation", "-w", str(folder), str(ROOT)], check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def program(wheel, tmp_path_factory) -> Path:
    """The command in a virtual environment of its own, which borrows the dependencies from this one."""
    folder: Path = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*command, "--no-deps", "--no-index", str(wheel)], check=True)
    own = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    )
    # A path file of a path file's folder is not read, so the editable source behind this environment stays out of it.
    Path(own.stdout.strip(), "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder / "bin" / "invoicewatch"


def run(program, *arguments, home, check=True):
    """Run it away from the source, with a home of its own."""
    env = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(home), "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [str(program), *map(str, arguments)], env=env, cwd=home, check=check, capture_output=True, text=True
    )


def test_the_wheel_carries_the_data_files_of_the_source(wheel):
    """Word lists, labels, migrations, unit files, the commented configuration."""
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(
        ["git", "ls-files", "invoicewatch"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    assert [name for name in tracked if name not in names] == []
    assert "invoicewatch/cli/systemd/templates/invoicewatch.service" in names
    assert "invoicewatch/cli/systemd/templates/config.toml" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert [name for name in names if name.startswith(("tests/", "benchmarks/", "scripts/"))] == []


def test_the_program_is_the_wheels_and_not_the_sources(program):
    python = program.with_name("python")
    command = [str(python), "-c", "import invoicewatch; print(invoicewatch.__file__)"]
    found = subprocess.run(command, check=True, capture_output=True, text=True, cwd="/").stdout
    assert Path(found.strip()).is_relative_to(program.parents[1])


def test_it_reads_a_document_and_finds_it_again(program, tmp_path):
    samples = [sys.executable, "-m", "invoicewatch.samples", str(tmp_path / "samples")]
    options = ["--count", "1", "--seed", "11", "--kinds", "invoice", "--forms", "png", "--grade", "0"]
    subprocess.run([*samples, *options], check=True, capture_output=True)
    truth = json.loads((tmp_path / "samples" / "truth.jsonl").read_text(encoding="utf-8"))
    done = run(program, "process", "--json", tmp_path / "samples" / truth["file"], home=tmp_path)
    record = json.loads(done.stdout)
    assert record["fields"]["total"]["value"] == truth["fields"]["total"]
    found = run(program, "search", truth["fields"]["invoice_number"], "--json", home=tmp_path)
    assert len(found.stdout.splitlines()) == 1
    shown = run(program, "show", "1", home=tmp_path)
    assert truth["fields"]["invoice_number"] in shown.stdout


def test_it_works_under_the_users_data_folder_and_writes_nothing_unasked(program, tmp_path):
    settings = json.loads(run(program, "config", "--json", home=tmp_path).stdout)["settings"]
    assert settings["paths.state"]["value"] == str(tmp_path / ".local/share/invoicewatch/state")
    assert list(tmp_path.iterdir()) == []
