"""The unit as systemd's own tools see it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from invoicewatch.cli.systemd.units import render_unit

ROOT = Path(__file__).resolve().parents[2]
UNIT = ROOT / "systemd" / "invoicewatch.service"


LEAST_EXPOSED = [
    ("invoicewatch.service", 1.5),
    ("invoicewatch-web.service", 2.0),
    ("invoicewatch-worker.service", 2.0),
    ("invoicewatch-scheduler.service", 2.0),
]
UNITS = ("", "-user", "-web", "-worker", "-scheduler")


@pytest.mark.parametrize("template", [f"invoicewatch{name}.service" for name in UNITS])
def test_systemd_finds_no_fault_in_the_units(template, tmp_path):
    path = tmp_path / template.replace("-user", "")
    path.write_text(render_unit(template, Path(sys.executable)), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(path)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("template", "most"), LEAST_EXPOSED)
def test_the_units_are_hardened_to_an_exposure_that_is_small(template, most, tmp_path):
    path = tmp_path / template
    path.write_text(render_unit(template, Path(sys.executable)), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    exposure = re.search(rf"Overall exposure level for {template}: (\d+\.\d+)", done.stdout)
    assert exposure
    assert float(exposure[1]) <= most, done.stdout


def test_the_user_that_the_unit_names_is_made_by_the_sysusers_file(tmp_path):
    (tmp_path / "etc").mkdir()
    subprocess.run(
        ["systemd-sysusers", f"--root={tmp_path}", str(ROOT / "systemd" / "invoicewatch.sysusers")], check=True
    )
    user = re.search(r"^User=(.*)$", UNIT.read_text(encoding="utf-8"), re.MULTILINE)
    group = re.search(r"^Group=(.*)$", UNIT.read_text(encoding="utf-8"), re.MULTILINE)
    assert user
    assert group
    assert f"\n{user[1]}:" in "\n" + (tmp_path / "etc/passwd").read_text(encoding="utf-8")
    assert f"\n{group[1]}:" in "\n" + (tmp_path / "etc/group").read_text(encoding="utf-8")
