"""The service under a real systemd: installed, ready, watched, reloaded, stopped, killed, and back again."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

INBOX = "/var/lib/invoicewatch/inbox"
CONFIG = "/etc/invoicewatch/config.toml"
DROP_INS = "/etc/systemd/system/invoicewatch.service.d"
PROGRAM = "/usr/local/bin/invoicewatch"
# The first test of a session may have to fetch and unpack a Debian first.
pytestmark = pytest.mark.timeout(1200)


class Scan(NamedTuple):
    file: Path
    number: str


@pytest.fixture(scope="module")
def scans(tmp_path_factory) -> Iterator[Scan]:
    """Clean scans of invoices, each with the number that a search should find."""
    folder = tmp_path_factory.mktemp("scans")
    forms = ["--kinds", "invoice", "--forms", "png", "--grade", "0"]
    command = [sys.executable, "-m", "invoicewatch.samples", str(folder), "--count", "12", "--seed", "300", *forms]
    subprocess.run(command, check=True, capture_output=True)
    truths: list[dict[str, Any]] = [
        json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    return iter([Scan(folder / truth["file"], truth["fields"]["invoice_number"]) for truth in truths])


@pytest.fixture(scope="module")
def installed(machine):
    """The service, installed by its own command; and three people, two of them in a group."""
    for person, groups in (("rita", "invoicewatch-readers"), ("ed", "invoicewatch-editors"), ("otto", "")):
        machine.run("groupadd", "-f", groups or "users")
        machine.run("useradd", "-m", "-G", groups or "users", person)
    machine.install_output = machine.run(PROGRAM, "service", "install").stdout
    machine.run(
        "sed",
        "-i",
        "s/^settle_s = .*/settle_s = 0.5/; s/^count = .*/count = 1/; s/^reconcile_s = .*/reconcile_s = 5/",
        CONFIG,
    )
    machine.run("systemctl", "restart", "invoicewatch.service")
    return machine


@pytest.fixture
def service(installed):
    """The running service, whatever the test before did to it."""
    override = installed.path(f"{DROP_INS}/test.conf")
    if override.exists():  # the running process still has its watchdog's time
        installed.run("systemctl", "stop", "invoicewatch.service")
        override.unlink()
        installed.run("systemctl", "daemon-reload")
    installed.run("systemctl", "reset-failed", "invoicewatch.service")
    installed.run("systemctl", "start", "invoicewatch.service")
    return installed


def set_for_test(machine, *lines):
    """Override settings of the unit until the next test."""
    text = "\n".join(["[Service]", *lines, ""])
    machine.path(DROP_INS).mkdir(exist_ok=True)
    machine.path(f"{DROP_INS}/test.conf").write_text(text, encoding="utf-8")
    machine.run("systemctl", "daemon-reload")
    machine.run("systemctl", "restart", "invoicewatch.service")


def drop(machine, scan, folder=INBOX):
    """Put a scan into the inbox as a scanner's upload would, under a final name at once."""
    shutil.copy(scan.file, machine.path(folder) / scan.file.name)


def find(machine, scan, person="rita"):
    done = machine.run_as(person, PROGRAM, "search", scan.number, "--json", check=False)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_installing_says_what_it_did_and_leaves_a_service_that_is_ready(service):
    for told in ("wrote /etc/systemd/system/invoicewatch.service", f"wrote {CONFIG}", f"folder {INBOX}", "started"):
        assert told in service.install_output
    assert "WARNING" not in service.install_output
    assert service.show("ActiveState") == "active"
    assert service.show("UnitFileState") == "enabled"
    state = json.loads(service.run(PROGRAM, "service", "status", "--json").stdout)
    assert (state["active"], state["enabled"], state["pid"] > 1) == ("active", "enabled", True)
    owner = service.run("stat", "-c", "%U", f"/proc/{service.show('MainPID')}").stdout.strip()
    assert owner == "invoicewatch"


def test_the_status_names_the_model(service):
    service.wait_until(lambda: "model" in service.show("StatusText"), 30, "a status that names the model's state")


def test_a_scan_dropped_in_is_found_by_search_and_filed(service, scans):
    scan = next(scans)
    drop(service, scan)
    service.wait_until(lambda: find(service, scan) != [], 180, "the scan is found")
    service.wait_until(lambda: not (service.path(INBOX) / scan.file.name).exists(), 20, "the original leaves the inbox")
    archived = service.run("find", "/var/lib/invoicewatch/archive", "-name", scan.file.name).stdout.split()
    assert len(archived) == 1


def test_engines_and_model_work_behind_the_walls(service):
    """What the unit forbids (devices, network, other users, most system calls) takes nothing from the reading."""
    shown = json.loads(service.run_as("rita", PROGRAM, "show", "1", "--json").stdout)
    assert shown["model"] == "SmolLM2-135M-Instruct.Q4_1.gguf"
    assert shown["engine"].startswith("tesseract")
    assert "absent" not in service.journal()


def test_the_readers_group_may_search_and_nothing_more(service, scans):
    scan = next(scans)
    drop(service, scan)
    service.wait_until(lambda: find(service, scan, "rita") != [], 180, "a reader finds it")
    for path in ("state", "state/invoicewatch.db", "inbox", "archive"):
        assert service.run_as("rita", "test", "-w", f"/var/lib/invoicewatch/{path}", check=False).returncode == 1


def test_people_outside_the_groups_see_nothing(service):
    done = service.run_as("otto", PROGRAM, "search", "invoice", check=False)
    assert done.returncode == 4
    assert "Traceback" not in done.stderr
    for path in ("state/invoicewatch.db", "archive", "inbox"):
        assert service.run_as("otto", "test", "-r", f"/var/lib/invoicewatch/{path}", check=False).returncode == 1


def test_the_editors_group_may_correct_while_the_daemon_runs_and_while_it_does_not(service):
    service.run_as("ed", PROGRAM, "set", "1", "total=12.50")
    service.run("systemctl", "stop", "invoicewatch.service")
    service.run_as("ed", PROGRAM, "set", "1", "due_date=2031-01-31")
    service.run("systemctl", "start", "invoicewatch.service")
    fields = json.loads(service.run_as("rita", PROGRAM, "show", "1", "--json").stdout)["fields"]
    assert [fields[name]["value"] for name in ("total", "due_date")] == ["12.50", "2031-01-31"]
    assert [fields[name]["source"] for name in ("total", "due_date")] == ["human", "human"]
    refused = service.run_as("rita", PROGRAM, "set", "1", "total=13.00", check=False)
    assert refused.returncode == 4
    assert "Traceback" not in refused.stderr


def test_an_editor_may_drop_scans_into_the_inbox(service, scans):
    scan = next(scans)
    shutil.copy(scan.file, service.path("/home/ed"))
    service.run("chmod", "644", f"/home/ed/{scan.file.name}")
    service.run_as("ed", "cp", f"/home/ed/{scan.file.name}", INBOX)
    service.wait_until(lambda: find(service, scan, "ed") != [], 180, "the scan is found")


def test_readers_may_search_while_the_service_is_stopped(service, scans):
    scan = next(scans)
    drop(service, scan)
    service.wait_until(lambda: find(service, scan) != [], 180, "the scan is found")
    service.run("systemctl", "stop", "invoicewatch.service")
    found = service.run_as("rita", PROGRAM, "search", scan.number, "--json")
    assert len(found.stdout.splitlines()) == 1


def test_a_stop_ends_in_order_within_seconds(service):
    service.run("systemctl", "stop", "invoicewatch.service")
    assert (service.show("ActiveState"), service.show("Result")) == ("inactive", "success")
    assert service.run("find", "/proc", "-maxdepth", "1", "-user", "invoicewatch").stdout == ""


def test_killed_outright_it_is_started_again_and_takes_up_its_work(service, scans):
    scan = next(scans)
    before = service.show("MainPID")
    drop(service, scan)
    service.run("systemctl", "kill", "--signal=KILL", "invoicewatch.service")
    service.wait_until(lambda: service.show("MainPID") not in {"0", before}, 30, "a new process")
    service.wait_until(lambda: service.show("ActiveState") == "active", 60, "ready again")
    assert int(service.show("NRestarts")) >= 1
    service.wait_until(lambda: find(service, scan) != [], 180, "the scan is found")
    assert len(find(service, scan)) == 1


def test_a_daemon_that_hangs_is_noticed_by_the_watchdog_and_replaced(service):
    set_for_test(service, "WatchdogSec=3", "TimeoutAbortSec=1", "RestartSec=0")
    service.wait_until(lambda: service.show("ActiveState") == "active", 60, "ready")
    hanging = service.show("MainPID")
    service.run("systemctl", "kill", "--kill-whom=main", "--signal=STOP", "invoicewatch.service")
    service.wait_until(lambda: service.show("MainPID") not in {"0", hanging}, 60, "the watchdog replaced it")
    assert "watchdog" in service.run("journalctl", "-q", "--no-pager", "-u", "invoicewatch.service").stdout.lower()


def test_an_idle_daemon_keeps_the_watchdog_content(service):
    import time

    set_for_test(service, "WatchdogSec=2")
    service.wait_until(lambda: service.show("ActiveState") == "active", 60, "ready")
    working = service.show("MainPID")
    time.sleep(6)
    assert service.show("MainPID") == working


def test_a_reload_takes_up_the_configuration_without_a_restart(service, scans):
    """The inbox that is added is watched from then on, by the same process."""
    service.run("mkdir", "-p", "/var/lib/invoicewatch/second")
    service.run("chown", "invoicewatch:invoicewatch", "/var/lib/invoicewatch/second")
    before = service.show("MainPID")
    service.run("sed", "-i", f's|^inboxes = .*|inboxes = ["{INBOX}", "/var/lib/invoicewatch/second"]|', CONFIG)
    service.run("systemctl", "reload", "invoicewatch.service")
    scan = next(scans)
    drop(service, scan, "/var/lib/invoicewatch/second")
    service.wait_until(lambda: find(service, scan) != [], 180, "a scan in the new inbox is found")
    assert service.show("MainPID") == before


def test_a_reload_of_a_broken_configuration_keeps_the_old_one_and_says_so(service):
    before = service.show("MainPID")
    good = service.path(CONFIG).read_text(encoding="utf-8")
    service.path(CONFIG).write_text(good + "\n[ocr2]\nx = 1\n", encoding="utf-8")
    service.run("systemctl", "reload", "invoicewatch.service")
    service.wait_until(lambda: "ocr2" in service.journal(), 60, "a line in the journal")
    service.path(CONFIG).write_text(good, encoding="utf-8")
    service.wait_until(lambda: service.show("ActiveState") == "active", 60, "ready again after the reload")
    assert service.show("MainPID") == before


def test_a_wrong_configuration_is_not_restarted_in_vain(service):
    good = service.path(CONFIG).read_text(encoding="utf-8")
    service.path(CONFIG).write_text(good + "\n[ocr2]\nx = 1\n", encoding="utf-8")
    service.run("systemctl", "restart", "invoicewatch.service", check=False)
    service.wait_until(lambda: service.show("ActiveState") == "failed", 30, "it gives up")
    assert service.show("ExecMainStatus") == "2"
    service.wait_until(lambda: "unknown table" in service.journal(), 10, "the reason in the journal")
    service.path(CONFIG).write_text(good, encoding="utf-8")


def test_a_service_that_keeps_dying_is_given_up_after_five_starts(service):
    set_for_test(service, "RestartSec=0")
    service.run("systemctl", "reset-failed", "invoicewatch.service")

    def given_up() -> bool:
        service.run("systemctl", "kill", "--signal=KILL", "invoicewatch.service", check=False)
        return bool(service.show("ActiveState") == "failed")

    service.wait_until(given_up, 90, "the restart limit is reached")
    assert (
        "start request repeated too quickly"
        in service.run("journalctl", "-q", "--no-pager", "-u", "invoicewatch.service").stdout.lower()
    )


def test_a_share_that_is_mounted_after_the_start_works(service, scans):
    """Outside the state directory, under a folder of somebody else's that the configuration names."""
    service.run("mkdir", "-p", "/srv/share")
    service.run("chown", "invoicewatch:invoicewatch", "/srv/share")
    service.run("sed", "-i", f's|^inboxes = .*|inboxes = ["{INBOX}", "/srv/share"]|', CONFIG)
    assert "/srv/share" in service.run(PROGRAM, "service", "install").stdout
    service.run("mount", "-t", "tmpfs", "-o", "mode=777", "tmpfs", "/srv/share")
    scan = next(scans)
    drop(service, scan, "/srv/share")
    service.wait_until(lambda: find(service, scan) != [], 180, "a scan on the share is found")
    service.wait_until(lambda: not (service.path("/srv/share") / scan.file.name).exists(), 30, "it is filed")
    service.run("umount", "/srv/share")


def test_an_inbox_among_the_homes_works_while_the_homes_stay_closed(service, scans):
    service.run("install", "-d", "-o", "invoicewatch", "-g", "invoicewatch", "/home/office", "/home/office/my scans")
    service.run("sed", "-i", f's|^inboxes = .*|inboxes = ["{INBOX}", "/home/office/my scans"]|', CONFIG)
    service.run(PROGRAM, "service", "install")
    scan = next(scans)
    drop(service, scan, "/home/office/my scans")
    service.wait_until(lambda: find(service, scan) != [], 180, "the scan is found")
    service.wait_until(lambda: not list(service.path("/home/office/my scans").iterdir()), 20, "it is filed")
    seen = service.run("nsenter", "-m", "-t", service.show("MainPID"), "ls", "/home").stdout.split()
    assert seen == ["office"]


WEB = "invoicewatch-web.service"
VISIT = """
import http.cookiejar, json, re, sys, urllib.error, urllib.parse, urllib.request
link, scan = sys.argv[1], open(sys.argv[2], "rb").read()
origin = link[: link.index("/enter/")]
jar = http.cookiejar.CookieJar()
class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None
visit = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar), Stay())
def ask(path, body=None, **headers):
    headers = {"Origin": origin} | {name.replace("_", "-"): value for name, value in headers.items()}
    return visit.open(urllib.request.Request(origin + path, body, headers)).read().decode()
try:
    ask(link[len(origin):], urllib.parse.urlencode({"password": "a long enough password"}).encode())
except urllib.error.HTTPError as exc:
    assert exc.code == 303, exc
page = ask("/inbox")
assert "The daemon runs" in page, page
head = b'--b\\r\\nContent-Disposition: form-data; name="files"; filename="by page.png"\\r\\n\\r\\n'
signature = re.search('name="csrf" content="([^"]+)"', page)[1]
said = ask("/inbox/upload", head + scan + b"\\r\\n--b--\\r\\n", Content_Type="multipart/form-data; boundary=b",
           Accept="application/json", X_CSRF_Token=signature)
print(json.loads(said)["files"][0]["name"])
"""


def test_the_page_is_a_service_of_its_own_through_which_scans_come_in(service, scans):
    said = service.run(PROGRAM, "service", "install", "--web", "--no-start").stdout
    assert f"enabled {WEB}" in said
    service.run("systemctl", "start", WEB)
    state = json.loads(service.run(PROGRAM, "service", "status", "--web", "--json").stdout)
    assert ("active", "at http://127.0.0.1:8484") == (state["active"], state["status"])
    assert "invoicewatch" == service.run("stat", "-c", "%U", f"/proc/{state['pid']}").stdout.strip()
    added = service.run(PROGRAM, "web", "user", "add", "Ed", "--editor").stdout
    link = next(word for word in added.split() if "/enter/" in word)
    scan = next(scans)
    shutil.copy(scan.file, service.path("/root/scan.png"))
    assert "by page.png" == service.run("python3", "-c", VISIT, link, "/root/scan.png").stdout.strip()
    service.wait_until(lambda: find(service, scan) != [], 180, "the scan is found")
    log = service.run("journalctl", "-q", "--no-pager", "-o", "cat", "-u", WEB).stdout
    assert "/enter/" not in log
    service.run("systemctl", "stop", WEB)
    assert "success" == service.run("systemctl", "show", "-P", "Result", WEB).stdout.strip()


def test_somebody_elses_folder_is_left_as_it_is_and_a_warning_says_what_to_do(service):
    service.run("mkdir", "-p", "/srv/foreign")
    good = service.path(CONFIG).read_text(encoding="utf-8")
    service.run("sed", "-i", f's|^inboxes = .*|inboxes = ["{INBOX}", "/srv/foreign", "/home/ed/scans"]|', CONFIG)
    said = service.run(PROGRAM, "service", "install", "--no-start").stdout
    assert "WARNING /srv/foreign: invoicewatch may not write there; try  setfacl" in said
    assert "WARNING /home/ed/scans: is not there" in said
    assert service.run("stat", "-c", "%U %a", "/srv/foreign").stdout.split() == ["root", "755"]
    service.path(CONFIG).write_text(good, encoding="utf-8")


def test_uninstalling_removes_the_service_and_keeps_the_documents(service):
    said = service.run(PROGRAM, "service", "uninstall").stdout
    assert "removed /etc/systemd/system/invoicewatch.service" in said
    assert "kept" in said
    assert f"removed /etc/systemd/system/{WEB}" in said
    assert service.show("LoadState") == "not-found"
    assert not service.path(DROP_INS + "/access.conf").exists()
    assert service.path("/var/lib/invoicewatch/state/invoicewatch.db").stat().st_size > 0
    assert service.path(CONFIG).exists()
