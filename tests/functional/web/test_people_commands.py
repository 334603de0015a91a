"""The commands that let people and programs in, as they are typed."""

import json
import os
import stat
import subprocess
import time

import pytest

from invoicewatch.web.people.store import PEOPLE_NAME
from tests.functional.office import COMMAND, Office
from tests.functional.terminal import Terminal
from tests.web_office import find_port


@pytest.fixture
def folder(tmp_path):
    settings = f'[paths]\ninboxes = ["inbox"]\n[web]\nport = {find_port()}\n'
    return Office(tmp_path, settings, SUDO_USER="boss")


def run(folder, words):
    done = folder.run(*words.split())
    assert 0 == done.returncode, done.stderr
    return done.stdout


def test_people_are_added_listed_disabled_and_reset(folder):
    assert "/enter/" in run(folder, "web user add Ada --admin")
    first = run(folder, "web user add Eve --editor").split("/enter/")[1].strip()
    assert first != run(folder, "web user reset eve").split("/enter/")[1].strip()
    assert "shut out" in run(folder, "web user disable eve")
    assert "let in again" in run(folder, "web user disable eve --undo")
    run(folder, "web user disable eve")
    people = [json.loads(line) for line in run(folder, "web user list --json").splitlines()]
    assert [("Ada", "admin", False), ("Eve", "editor", True)] == [
        (one["name"], one["right"], one["disabled"]) for one in people
    ]
    assert "not chosen yet" in run(folder, "web user list")
    kept = folder.base / "state" / PEOPLE_NAME
    assert (0o600, False) == (stat.S_IMODE(kept.stat().st_mode), first.encode() in kept.read_bytes())
    refused = [folder.run("web", "user", *words.split()) for words in ("add Bo", "add Ada --admin", "disable Ada")]
    assert [2, 2, 2] == [each.returncode for each in refused]
    log = [json.loads(line) for line in run(folder, "log --json").splitlines()]
    assert {("boss", "person", "Ada"), ("boss", "person", "Eve")} == {
        (one["who"], one["what"], one["subject"]) for one in log
    }
    assert "Eve disabled" in run(folder, "log --who boss")
    assert "Everything is in order." in run(folder, "check")


def test_tokens_are_given_out_once_and_taken_back(folder):
    run(folder, "web user add Ada --admin")
    secret = run(folder, "web token add till --person ada --read --submit --days 30").split()[-1]
    (token,) = [json.loads(line) for line in run(folder, "web token list --json").splitlines()]
    assert ("till", "Ada", ["read", "submit"]) == (token["name"], token["person"], token["scopes"])
    assert secret not in run(folder, "web token list")
    run(folder, "web token revoke till")
    assert "" == run(folder, "web token list --json")
    assert 2 == folder.run("web", "token", "revoke", "till").returncode


@pytest.mark.parametrize("env", ["JOURNAL_STREAM", "INVOCATION_ID"])
def test_a_service_writes_no_link_to_the_journal(folder, env):
    with (folder.base / "journal").open("w+") as journal:
        status = os.fstat(journal.fileno())
        value = f"{status.st_dev}:{status.st_ino}" if env == "JOURNAL_STREAM" else "1"
        for words in ("web user add Ada --admin", "web user reset Ada", "web token add a --person Ada --read"):
            command = [*COMMAND, "--config", str(folder.config), *words.split()]
            done = subprocess.run(command, env=folder.env | {env: value}, stdout=journal, check=False)
            assert 2 == done.returncode
        journal.seek(0)
        assert "" == journal.read()
    assert "" == run(folder, "web user list --json")


def test_on_a_terminal_the_page_prints_a_link_that_logs_its_starter_in(folder):
    terminal = Terminal([*COMMAND, "--config", str(folder.config), "web"], folder.env)
    try:
        terminal.wait_for(lambda seen: "/enter/" in seen and seen.rstrip(" ").endswith("\n"))
    finally:
        terminal.close()
    (boss,) = [json.loads(line) for line in run(folder, "web user list --json").splitlines()]
    assert ("boss", "admin", False) == (boss["name"], boss["right"], boss["has_password"])


def test_without_a_terminal_it_prints_none(folder):
    with (folder.base / "out").open("w") as out:
        command = [*COMMAND, "--config", str(folder.config), "web"]
        process = subprocess.Popen(command, env=folder.env, stdout=out, stderr=out)
        try:
            folder.wait_for((folder.base / "state" / PEOPLE_NAME).exists)
            time.sleep(1)
        finally:
            process.terminate()
            process.wait(30)
    assert "/enter/" not in (folder.base / "out").read_text()
