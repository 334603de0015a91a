"""Telling someone, by the daemon as a person runs it: a real server that fails first, a real command, real figures."""

import hashlib
import hmac
import json
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.faults.folders import Folders
from tests.faults.folders import stop as stop_quick
from tests.functional.office import Office, stop

SECRET = "a long random text"


class Receiver(ThreadingHTTPServer):
    """Takes notices: the first two posts are answered with 503, a forged signature with 403."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.refused: list[bytes] = []
        self.taken: list[bytes] = []
        self.forged = 0


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        expected = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected, self.headers["X-Invoicewatch-Signature"]):
            self.server.forged += 1
            code = 403
        elif len(self.server.refused) < 2:
            self.server.refused.append(body)
            code = 503
        else:
            self.server.taken.append(body)
            code = 204
        self.send_response(code)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def receiver():
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples")
    make = [sys.executable, "-m", "invoicewatch.samples", folder, "--count", "1", "--grade", "0"]
    subprocess.run(make, check=True, capture_output=True)
    return next(path for path in folder.iterdir() if path.suffix != ".jsonl")


class TellingOffice(Office):
    """An office without a model that tells as ``notify`` says."""

    def __init__(self, base, notify):
        (base / "secret").write_text(f"{SECRET}\n")
        settings = (
            "[intake]\nsettle_s = 0.2\n[workers]\ncount = 1\n"
            '[model]\npath = "none.gguf"\n[ocr]\nlanguages = ["eng"]\nsecond_opinion = "none"\n'
            f'[notify]\nwebhook_secret_file = "secret"\nretry_first_s = 0.2\n{notify}\n'
        )
        super().__init__(base, settings, NO_PROXY="127.0.0.1", no_proxy="127.0.0.1")


def drop_two(office, sample):
    shutil.copy(sample, office.inbox)
    (office.inbox / "broken.pdf").write_bytes(b"%PDF-1.4\nnothing of use\n%%EOF\n")


def read_lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def list_values(fields):
    return {name: field["value"] for name, field in fields.items() if field}


def test_a_signed_webhook_that_fails_first_a_command_and_figures(tmp_path, receiver, sample):
    office = TellingOffice(
        tmp_path,
        'events = ["recorded", "needs_review", "failed"]\n'
        f'webhook = "http://127.0.0.1:{receiver.server_port}/token-in-the-path"\n'
        f'command = ["tee", "-a", "{tmp_path}/told.jsonl"]\nprometheus_file = "figures.prom"\n',
    )
    drop_two(office, sample)
    daemon = office.start()
    try:
        office.wait_for(lambda: len(receiver.taken) == 2 and len(read_lines(tmp_path / "told.jsonl")) == 2)
        office.wait_for(lambda: 'invoicewatch_files{state="filed"} 1' in (tmp_path / "figures.prom").read_text())
        status = office.run("status")
    finally:
        code = stop(daemon)
    assert (0, 0) == (code, status.returncode), office.log[-4000:]
    assert 0 == receiver.forged
    assert set(receiver.refused) <= set(receiver.taken)
    told = {event["path"].rpartition("/")[2]: event for event in map(json.loads, receiver.taken)}
    assert {sample.name, "broken.pdf"} == set(told)
    assert "failed" == told["broken.pdf"]["event"] == told["broken.pdf"]["status"]
    assert told["broken.pdf"]["error"]["message"]
    read = told[sample.name]
    shown = json.loads(office.run("show", str(read["id"]), "--json").stdout)
    assert shown["status"] == read["status"]
    assert list_values(shown["fields"]) == list_values(read["fields"]) != {}
    assert shown["raw_text"].strip()
    assert shown["raw_text"] not in json.dumps(read)
    assert sorted(told.values(), key=str) == sorted(read_lines(tmp_path / "told.jsonl"), key=str)
    assert 1 == office.log.count("notices do not get through")
    assert not [secret for secret in (SECRET, "token-in-the-path") if secret in office.log]
    figures = (tmp_path / "figures.prom").read_text()
    for name in ("stage_seconds", "backlog_oldest_seconds", "model_state", "documents", "daemon_up"):
        assert f"\ninvoicewatch_{name}" in figures, name
    assert "invoicewatch_daemon_up 1\n" in figures


def test_a_webhook_that_is_down_costs_the_daemon_nothing_and_shows_in_status(tmp_path, sample):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # taken, and nobody listens
        office = TellingOffice(
            tmp_path,
            f'webhook = "http://127.0.0.1:{closed.getsockname()[1]}/"\ncommand = ["false"]\n'
            'events = ["recorded", "needs_review", "failed"]\nretry_cap_s = 0.2\n'
            'prometheus_file = "none/figures.prom"\n',
        )
        drop_two(office, sample)
        daemon = office.start()
        try:
            office.wait_for(lambda: "event=ready" in office.log)
            wanted = {"filed": 1, "set_aside": 1}
            office.wait_for(lambda: json.loads(office.run("status", "--json").stdout)["states"] == wanted)
            office.wait_for(lambda: len(json.loads(office.run("status", "--json").stdout)["problems"]) == 3)
            status = office.run("status")
        finally:
            begun_s = time.monotonic()
            code = stop(daemon)
    assert (0, 1) == (code, status.returncode), office.log[-4000:]
    assert time.monotonic() - begun_s < 15
    assert "webhook 127.0.0.1 do not get through: it cannot be reached: Connection refused" in " ".join(
        status.stdout.split()
    )
    assert "command false do not get through: it ended with exit code 1" in " ".join(status.stdout.split())
    assert "cannot write figures" in status.stdout
    assert 2 == office.log.count("notices do not get through")
    assert 1 == office.log.count("cannot write figures")
    assert "Traceback" not in office.log


def test_a_folder_that_cannot_be_written_is_told_as_trouble(tmp_path):
    office = TellingOffice(tmp_path, f'command = ["tee", "-a", "{tmp_path}/told.jsonl"]\n')
    (tmp_path / "set-aside").write_text("a file where a folder should be")
    (office.inbox / "broken.pdf").write_bytes(b"%PDF-1.4\nnothing of use\n%%EOF\n")
    daemon = office.start()
    try:
        office.wait_for(lambda: "trouble" in {event["event"] for event in read_lines(tmp_path / "told.jsonl")})
    finally:
        code = stop(daemon)
    assert 0 == code, office.log[-4000:]
    told = {event["event"]: event for event in read_lines(tmp_path / "told.jsonl")}
    assert f"cannot file {office.inbox}/broken.pdf" in told["trouble"]["message"]


@pytest.mark.parametrize(
    ("notify", "words"),
    [
        ('webhook = "http://127.0.0.1:9/"\nwebhook_secret_file = "gone"', "webhook_secret_file"),
        ('webhook = "ftp://127.0.0.1/"', "notify.webhook"),
        ('events = ["recorded", "deleted"]', "notify.events"),
    ],
)
def test_settings_that_cannot_work_are_refused_at_the_start(tmp_path, notify, words):
    office = TellingOffice(tmp_path, "")
    office.config.write_text(f"[notify]\n{notify}\n")
    refused = office.run("run")
    assert (2, 1) == (refused.returncode, len(refused.stderr.splitlines()))
    assert words in refused.stderr


def test_a_reload_with_a_webhook_that_lacks_its_secret_keeps_the_old_settings(tmp_path):
    folders = Folders(tmp_path)
    daemon = folders.start()
    folders.wait_for(lambda: "watching inbox" in folders.log, "it never started")
    with folders.config.open("a") as file:
        file.write('\n[notify]\nwebhook = "http://127.0.0.1:9/"\n')
    daemon.send_signal(signal.SIGHUP)
    folders.wait_for(lambda: "not reloaded" in folders.log, "it said nothing")
    folders.drop("a.txt", "fine a")
    folders.wait_for(folders.is_done, "it did not go on")
    assert 0 == stop_quick(daemon)
    assert "webhook_secret_file" in folders.log


def test_a_daemon_that_cannot_go_on_tells_so_before_it_ends(tmp_path, sample):
    office = TellingOffice(tmp_path, f'command = ["tee", "-a", "{tmp_path}/told.jsonl"]\n')
    office.config.write_text(office.config.read_text().replace('"eng"', '"xyz"'))
    shutil.copy(sample, office.inbox)
    daemon = office.start()
    try:
        assert 3 == daemon.wait(60)
    finally:
        daemon.kill()
        daemon.wait()
    (told,) = read_lines(tmp_path / "told.jsonl")
    assert "trouble" == told["event"]
    assert "the daemon ends" in told["message"]
