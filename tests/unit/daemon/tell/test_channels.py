"""Which channels the settings open, and what is refused before anything is sent."""

import hashlib
import hmac
import os
import sys
import time
from types import ModuleType
from typing import ClassVar

import pytest

from invoicewatch.config import NotifySettings
from invoicewatch.daemon.tell.channel import UndeliverableError
from invoicewatch.daemon.tell.channels import open_channels
from invoicewatch.daemon.tell.command import CommandChannel
from invoicewatch.daemon.tell.event import describe_trouble
from invoicewatch.daemon.tell.troubles import Troubles
from invoicewatch.daemon.tell.webhook import sign
from invoicewatch.errors import ConfigError, TransientError

EVENT = describe_trouble("disk full", 0.0)


def test_by_default_nobody_is_told():
    assert () == open_channels(NotifySettings())


def test_a_webhook_is_named_by_its_host_alone(tmp_path):
    (tmp_path / "secret").write_text("hush\n")
    url = "https://user:password@hooks.example.org/token"
    channel = open_channels(NotifySettings(webhook=url, webhook_secret_file=str(tmp_path / "secret")))[0]
    assert "webhook hooks.example.org" == channel.name


@pytest.mark.parametrize(("content", "words"), [(None, "cannot read"), (" \n", "is empty"), ("", "is empty")])
def test_a_webhook_without_a_secret_is_refused(tmp_path, content, words):
    file = tmp_path / "secret"
    if content is not None:
        file.write_text(content)
    with pytest.raises(ConfigError, match=words):
        open_channels(NotifySettings(webhook="http://localhost", webhook_secret_file=str(file)))
    with pytest.raises(ConfigError, match="webhook_secret_file"):
        open_channels(NotifySettings(webhook="http://localhost"))


def test_the_signature_is_the_hmac_of_the_body():
    # RFC 4231, test case 2
    body, key = b"what do ya want for nothing?", b"Jefe"
    assert "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" == sign(body, key)
    assert f"sha256={hmac.digest(key, body, hashlib.sha256).hex()}" == sign(body, key)


def test_apprise_without_its_extra_is_refused_by_name(monkeypatch):
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(ConfigError) as caught:
        open_channels(NotifySettings(apprise=("dbus://",)))
    assert "extra `apprise`" in caught.value.message
    assert "invoicewatch[apprise]" in caught.value.remedy


class Apprise:
    """Apprise's class as far as we use it: addresses without ``://`` are refused, ``down://`` never gets through."""

    sent: ClassVar[list[tuple[str, str]]] = []

    def __init__(self):
        self.urls: list[str] = []

    def add(self, url):
        self.urls.append(url)
        return "://" in url

    def notify(self, *, body, title):
        self.sent.append((title, body))
        return "down://" not in self.urls


def test_apprise_gets_words_for_people_and_its_failure_may_pass(monkeypatch):
    module = ModuleType("apprise")
    module.Apprise = Apprise  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "apprise", module)
    channel = open_channels(NotifySettings(apprise=("dbus://",)))[0]
    channel.deliver(EVENT)
    assert [("invoicewatch: Trouble", "disk full")] == Apprise.sent
    with pytest.raises(TransientError):
        open_channels(NotifySettings(apprise=("down://",)))[0].deliver(EVENT)
    with pytest.raises(ConfigError) as caught:
        open_channels(NotifySettings(apprise=("dbus://", "user:password@nothing")))
    assert "number 2" in caught.value.message
    assert "password" not in caught.value.message


def test_a_command_gets_the_event_on_its_standard_input_and_no_shell(tmp_path):
    script = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_bytes(sys.stdin.buffer.read())"
    target = tmp_path / "$(HOME) got"
    CommandChannel([sys.executable, "-c", script, str(target)], 20.0).deliver(EVENT)
    assert EVENT.encode() + b"\n" == target.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "words"), [(["false"], "exit code 1"), (["/no/such/program"], "cannot be started")]
)
def test_a_command_that_fails_is_not_run_again(arguments, words):
    with pytest.raises(UndeliverableError, match=words):
        CommandChannel(arguments, 20.0).deliver(EVENT)


def test_a_command_that_reads_nothing_is_fine():
    CommandChannel(["true"], 20.0).deliver(EVENT)


def test_a_command_that_hangs_is_ended_with_what_it_started(tmp_path):
    pids = tmp_path / "pid"
    script = f"sleep 600 & echo $! > {pids}; wait"
    begun_s = time.monotonic()
    with pytest.raises(UndeliverableError, match=r"longer than 0\.3 s"):
        CommandChannel(["sh", "-c", script], 0.3).deliver(EVENT)
    assert time.monotonic() - begun_s < 60  # it sleeps for ten minutes
    child = int(pids.read_text())
    while not is_gone(child):  # a signal is sent before it arrives, much before on a busy machine
        assert time.monotonic() - begun_s < 60
        time.sleep(0.01)


def is_gone(pid):
    """Ended; whoever adopts it may take a moment to bury it."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123 - a file of the kernel's
        return stat.read().rpartition(")")[2].split()[0] == "Z"


def test_a_trouble_is_told_when_it_begins_and_again_only_after_it_ended():
    told = []
    troubles = Troubles(lambda event: told.append(event.payload["message"]))
    for filing in ("", "cannot file a", "cannot file b", "", "cannot file c"):
        troubles.look({"intake": "paused", "filing": filing}, 0.0)
    assert ["paused", "cannot file a", "cannot file c"] == told
