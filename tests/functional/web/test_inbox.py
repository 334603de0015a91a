"""The inbox in a browser, with a real daemon whose workers cost nothing."""

import itertools
import re
import tempfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.faults.conftest import MEMORY
from tests.faults.daemon_server import Daemon
from tests.web_office import WebOffice, find_port

PDF = b"%%PDF-1.7\n%s\n%%%%EOF\n"
DAEMON = """[paths]
inboxes = ["{0}/inbox"]
archive = "{0}/archive"
set_aside = "{0}/set_aside"
duplicates = "{0}/duplicates"
state = "{0}/state"
[intake]
settle_s = 0.1
reconcile_s = 1.0
min_free_mb = 0
[workers]
count = 2
"""


def make_file(name, text):
    return {"name": name, "mimeType": "application/pdf", "buffer": PDF % text.encode()}


@pytest.fixture
def office():
    """In memory where there is such a thing: nothing is pulled, so nothing is missed by it."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None, ignore_cleanup_errors=True) as folder:
        office = WebOffice(Path(folder), find_port())
        yield office
        office.close()


@pytest.fixture
def start_daemon(office):
    """Starts a daemon over the office's folders."""
    config = office.folder / "config.toml"
    config.write_text(DAEMON.format(office.folder))
    started = []

    def start():
        started.append(Daemon(config, {}, office.folder / "log"))
        return started[-1]

    yield start
    for daemon in started:
        daemon.kill()


def test_two_hundred_files_in_one_go_become_records(open_page, start_daemon):
    start_daemon()
    page = open_page("/inbox")
    files = [make_file(f"scan {number}.pdf", f"invoice {number}") for number in range(198)]
    files += [make_file("scan 0.pdf", "another"), make_file("again.pdf", "invoice 7")]
    page.set_input_files("#files", files)
    page.locator("#handing-words", has_text="200 of 200 finished").wait_for(timeout=60_000)
    page.locator("#list-way").wait_for(state="hidden")
    assert 200 == page.locator("#list-done .row").count()
    assert 1 == page.locator("#list-done .row", has_text="The same file came before").count()
    # The second of that name came as "(2)", or after the first was gone from the inbox.
    assert 2 == page.locator("#list-done .row", has_text=re.compile(r"^\s*scan 0( \(2\))?\.pdf")).count()
    assert page.locator("#list-done .row a[href^='/record/']").count() >= 199


def test_what_is_not_taken_or_set_aside_says_why_and_is_tried_again(open_page, start_daemon):
    start_daemon()
    page = open_page("/inbox")
    files = [make_file("locked.pdf", "encrypted"), {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"Dear"}]
    page.set_input_files("#files", files)
    page.locator("#list-mend .row", has_text="letter.txt is of no type known here").wait_for()
    locked = page.locator("#list-mend .row[data-id]", has_text="it is encrypted. Remove the password.")
    locked.wait_for()
    number = locked.get_attribute("id")
    page.evaluate("number => { globalThis.old = document.getElementById(number) }", number)
    locked.get_by_role("button", name="Try again").click()
    page.wait_for_function("number => !old.isConnected && document.getElementById(number)?.dataset.list === 'mend'",
                           arg=number)  # fmt: skip
    # The browser itself tells of every answer that is no success.
    assert ["415"] == re.findall(r"status of (\d+)", " ".join(page.troubles))
    page.troubles.clear()


def test_the_daemon_is_killed_and_back_while_the_page_is_open(open_page, start_daemon):
    daemon = start_daemon()
    page = open_page("/inbox")
    page.get_by_text("The daemon runs").wait_for()
    daemon.kill()
    page.get_by_text("The daemon is not running").wait_for()
    page.set_input_files("#files", [make_file("late.pdf", "late")])
    page.get_by_text("Handed in", exact=True).wait_for()
    start_daemon()
    page.get_by_text("The daemon runs").wait_for()
    page.locator("#list-done .row", has_text="late.pdf").wait_for()
    page.locator("#handing-words", has_text="1 of 1 finished").wait_for()


def test_a_page_that_lost_its_server_says_so_and_catches_up(open_page, office, start_daemon):
    start_daemon()
    page = open_page("/inbox")
    page.get_by_text("The daemon runs").wait_for()
    page.context.set_offline(True)
    page.evaluate("dispatchEvent(new Event('offline'))")
    office.site.stopping.set()  # ends the stream
    page.get_by_text("No connection").wait_for()
    (office.folder / "inbox" / "meanwhile.pdf").write_bytes(PDF % b"meanwhile")
    office.site.stopping.clear()
    page.context.set_offline(False)
    page.locator("#list-done .row", has_text="meanwhile.pdf").wait_for()
    page.get_by_text("No connection").wait_for(state="hidden")
    page.troubles.clear()


def test_without_scripts_files_are_handed_in_too(open_page, office):
    page = open_page("/inbox", java_script_enabled=False)
    page.set_input_files("#files", [make_file("a.pdf", "a"), make_file("b.pdf", "b")])
    page.get_by_role("button", name="Hand in").click()
    page.get_by_text("2 wait").wait_for()
    assert {"a.pdf", "b.pdf"} == {file.name for file in (office.folder / "inbox").iterdir()}


def test_the_inbox_is_for_everyone(open_page, start_daemon):
    start_daemon()
    page = open_page("/inbox", reduced_motion="reduce")
    files = [make_file("a.pdf", "a"), make_file("locked.pdf", "encrypted"), make_file("hung.pdf", "hang in ocr")]
    page.set_input_files("#files", files)
    for words in ("Being read", "Set aside", "Accepted"):
        page.get_by_text(words).first.wait_for()
    for width, theme in itertools.product((360, 1400), ("light", "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=theme)
        found = Axe().run(page)
        assert 0 == found.violations_count, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Tab")
    for _ in range(12):
        if page.evaluate("document.activeElement.id") == "files":
            break
        page.keyboard.press("Tab")
    assert "files" == page.evaluate("document.activeElement.id")
