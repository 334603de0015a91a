"""The daemon as a person runs it: the command line, the real road, real folders."""

import json
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.functional.office import Office, stop

MODEL = Path(__file__).parents[2] / "models" / "SmolLM2-135M-Instruct.Q4_1.gguf"


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples")
    make = [sys.executable, "-m", "invoicewatch.samples", folder, "--count", "2", "--grade", "0"]
    subprocess.run(make, check=True, capture_output=True)
    return sorted(path for path in folder.iterdir() if path.suffix != ".jsonl")


class RealOffice(Office):
    """An office with the model and quick settling."""

    def __init__(self, base, **env):
        super().__init__(base, f'[intake]\nsettle_s = 0.3\n[workers]\ncount = 1\n[model]\npath = "{MODEL}"\n', **env)

    def states(self):
        return json.loads(self.run("status", "--json").stdout)["states"]


@pytest.fixture
def office(tmp_path):
    return RealOffice(tmp_path)


def test_scans_dropped_before_and_while_it_runs_are_found_and_filed(office, samples):
    shutil.copy(samples[0], office.inbox)
    (office.inbox / "broken.pdf").write_bytes(b"%PDF-1.4\nnothing of use\n%%EOF\n")
    daemon = office.start()
    try:
        office.wait_for(lambda: "event=ready" in office.log)
        shutil.copy(samples[1], office.inbox)
        office.wait_for(lambda: office.states() == {"filed": 2, "set_aside": 1})
        status = office.run("status")
        assert (status.returncode, status.stderr) == (0, "")
        assert "The daemon runs" in status.stdout
        assert "inotify" in status.stdout
        libraries = Path(f"/proc/{daemon.pid}/maps").read_text()
        assert not re.findall(r"/lib\w*(?:openvino|onnxruntime|llama|tesseract|tbb)[^/]*\.so", libraries), (
            "engines crash"
        )
    finally:
        begun_s = time.monotonic()
        code = stop(daemon)
    assert code == 0, office.log[-4000:]
    assert time.monotonic() - begun_s < 20
    assert {path.name for path in (office.base / "archive").rglob("*.*")} == {path.name for path in samples}
    assert sorted(path.name for path in (office.base / "set-aside").iterdir()) == [
        "broken.pdf",
        "broken.pdf.reason.txt",
    ]
    listed = [json.loads(line) for line in office.run("list", "--json").stdout.splitlines()]
    assert len(listed) == 3
    down = office.run("status")
    assert (down.returncode, "not running" in down.stdout) == (1, True)
    assert "Traceback" not in office.log


def test_systemd_is_told_when_it_is_ready_how_it_is_and_that_it_lives(tmp_path):
    """Also without a model, which must not keep the service from being ready."""
    address = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(address)
        manager.settimeout(120)
        office = RealOffice(tmp_path, NOTIFY_SOCKET=address, WATCHDOG_USEC="3000000")
        office.config.write_text(f'[workers]\ncount = 1\n[model]\npath = "{tmp_path}/none.gguf"\n')
        daemon = office.start()
        messages: list[str] = []
        try:
            while messages.count("WATCHDOG=1") < 3 or "READY=1" not in messages:
                messages.append(manager.recv(4096).decode())
        finally:
            code = stop(daemon)
        assert code == 0, office.log[-4000:]
        manager.settimeout(5)
        while messages[-1] != "STOPPING=1":
            messages.append(manager.recv(4096).decode())
    assert any(message.startswith("STATUS=") and "model" in message for message in messages)


def test_a_dependency_that_is_missing_is_one_line_with_its_remedy_and_exit_code_3(office, samples):
    """Every document would fail alike: the daemon says so and ends, and the document is handed back unharmed."""
    shutil.copy(samples[0], office.inbox)
    office.config.write_text('[ocr]\nlanguages = ["xyz"]\n[intake]\nsettle_s = 0.1\n[workers]\ncount = 1\n')
    daemon = office.start()
    try:
        assert daemon.wait(120) == 3
    finally:
        daemon.kill()
        daemon.wait()
    assert "Traceback" not in office.log
    assert "xyz" in office.log
    assert office.states() == {"claimed": 1}


def test_retry_says_what_it_needs(office):
    nothing = office.run("retry")
    assert nothing.returncode == 2
    unknown = office.run("retry", "99")
    assert (unknown.returncode, "Traceback" in unknown.stderr) == (2, False)
    none = office.run("retry", "--failed")
    assert (none.returncode, none.stdout) == (
        0,
        "0 documents will be tried again when the daemon runs (`invoicewatch run`).\n",
    )
