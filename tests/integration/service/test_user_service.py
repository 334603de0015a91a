"""A person's own service, under that person's own systemd, without root."""

import json
import shutil
import subprocess
import sys

import pytest

PROGRAM = "/usr/local/bin/invoicewatch"
# The first test of a session may have to fetch and unpack a Debian first.
pytestmark = pytest.mark.timeout(1200)
DATA = "/home/anna/.local/share/invoicewatch"


@pytest.fixture(scope="module")
def anna(machine):
    """A person with a service manager that runs without her being logged in, as `loginctl enable-linger` makes it."""
    machine.run("useradd", "-m", "-u", "1000", "-s", "/bin/bash", "anna")
    # What PAM does where it is installed.
    drop_in = machine.path("/etc/systemd/system/user@1000.service.d/environment.conf")
    drop_in.parent.mkdir()
    drop_in.write_text("[Service]\nEnvironment=XDG_RUNTIME_DIR=/run/user/1000\n", encoding="utf-8")
    machine.run("systemctl", "daemon-reload")
    machine.run("systemctl", "start", "user@1000.service")

    def run_as_anna(*command, check=True):
        settings = ["HOME=/home/anna", "XDG_RUNTIME_DIR=/run/user/1000"]
        return machine.run("runuser", "-u", "anna", "--", "env", "-C", "/home/anna", *settings, *command, check=check)

    return run_as_anna


def test_a_service_of_ones_own_is_installed_finds_a_scan_and_is_removed_again(machine, anna, tmp_path):
    said = anna(PROGRAM, "service", "install", "--user").stdout
    assert "wrote /home/anna/.config/systemd/user/invoicewatch.service" in said
    status = ("service", "status", "--user", "--json")
    machine.wait_until(lambda: json.loads(anna(PROGRAM, *status).stdout)["active"] == "active", 60, "ready")
    forms = ["--kinds", "invoice", "--forms", "png", "--grade", "0"]
    samples = [sys.executable, "-m", "invoicewatch.samples", str(tmp_path), "--count", "1", "--seed", "77", *forms]
    subprocess.run(samples, check=True, capture_output=True)
    truth = json.loads((tmp_path / "truth.jsonl").read_text(encoding="utf-8"))
    shutil.copy(tmp_path / truth["file"], machine.path("/home/anna"))
    anna("cp", truth["file"], f"{DATA}/inbox/")
    search = ("search", truth["fields"]["invoice_number"], "--json")
    machine.wait_until(lambda: anna(PROGRAM, *search, check=False).stdout != "", 240, "the scan is found")
    assert "removed" in anna(PROGRAM, "service", "uninstall", "--user").stdout
    assert json.loads(anna(PROGRAM, *status).stdout)["load"] == "not-found"
    assert len(anna(PROGRAM, *search).stdout.splitlines()) == 1
