"""Files handed in by a form or a script, what is refused, and what those who look on are told."""

import json
import os
import re

import pytest

from invoicewatch.records import Failure
from invoicewatch.records.ledger import FileState, Stamp
from invoicewatch.store.database.writer import open_database
from invoicewatch.store.ledger import files as ledger
from invoicewatch.web.pages.inbox import events
from invoicewatch.web.people.accounts import disable_person
from invoicewatch.web.people.rights import Right
from tests.web_office import WebOffice

PDF = b"%PDF-1.7\nof use\n%%EOF\n"
JSON = {"accept": "application/json"}


def hand_in(visit, *files, headers=JSON, **more):
    return visit.post("/inbox/upload", files=[("files", file) for file in files], headers=dict(headers), **more)


def listdir(office):
    return sorted(file.name for file in (office.folder / "inbox").iterdir())


def see(office, name, **failure):
    """A file in the ledger, as the daemon would have put it there; its number. Set aside if there was a failure."""
    inbox = office.folder / "inbox"
    database = open_database(office.state)
    try:
        with database.begin() as session:
            new = ledger.NewFile(os.fsencode(inbox / name), Stamp(1, 2, 3), None, 0.0)
            ledger.add_seen(session, str(inbox), [new], now_s=office.now, settle_s=0)
            number = ledger.list_in(session, FileState.SEEN)[-1].id
            if failure:
                ledger.change_state(session, number, FileState.SETTLED, office.now)
                ledger.change_state(session, number, FileState.SET_ASIDE, office.now, filed_s=1.0, **failure)
        return number
    finally:
        database.close()


def test_a_script_hands_in_a_file_and_is_told_its_name(office):
    answer = hand_in(office.visit(Right.EDITOR), ("scan.pdf", PDF))
    inbox = str(office.folder / "inbox")
    assert 201 == answer.status_code
    assert {"files": [{"given": "scan.pdf", "inbox": inbox, "name": "scan.pdf"}], "after": 0} == answer.json()
    assert PDF == (office.folder / "inbox" / "scan.pdf").read_bytes()


def test_a_form_without_scripts_hands_in_many_and_is_told_which_were_not_taken(office):
    visit = office.visit(Right.EDITOR)
    form = {"csrf": visit.signature(), "inbox": str(office.folder / "inbox")}
    nothing_chosen = ("", b"")
    page = {"accept": "text/html"}
    answer = hand_in(visit, ("a.pdf", PDF), ("b.pdf", PDF), nothing_chosen, headers=page, data=form, signed=False)
    assert (303, "/inbox") == (answer.status_code, answer.headers["location"])
    answer = hand_in(visit, ("<i>c.gif", b"GIF89a"), ("d.pdf", PDF), headers=page, data=form, signed=False)
    assert 415 == answer.status_code
    assert "&lt;i&gt;c.gif: _i_c.gif is a GIF image" in answer.text
    assert ["a.pdf", "b.pdf", "d.pdf"] == listdir(office)


@pytest.mark.parametrize(
    ("name", "content", "status", "code"),
    [
        ("a.pdf", b"", 422, "empty"),
        ("a.pdf", b"<html><script>", 415, "unsupported"),
        ("a.pdf", b"%PDF-" + b"x" * 3000, 413, "too_large"),
    ],
)
def test_a_file_that_is_refused_says_why_and_leaves_nothing(tmp_path, name, content, status, code):
    office = WebOffice(tmp_path, intake={"max_bytes": 2000})
    answer = hand_in(office.visit(Right.EDITOR), (name, content))
    assert (status, code) == (answer.status_code, answer.json()["code"])
    assert [] == listdir(office)
    office.close()


def test_whoever_hands_in_too_much_waits(tmp_path):
    office = WebOffice(tmp_path, upload_files=2)
    visit = office.visit(Right.EDITOR)
    assert [201, 201] == [hand_in(visit, ("a.pdf", PDF)).status_code for _ in range(2)]
    answer = hand_in(visit, ("a.pdf", PDF))
    assert (429, "too_many") == (answer.status_code, answer.json()["code"])
    assert 201 == hand_in(office.visit(Right.EDITOR), ("b.pdf", PDF)).status_code
    office.now += int(answer.headers["retry-after"])
    assert 201 == hand_in(visit, ("c.pdf", PDF)).status_code
    office.close()


def test_without_the_right_or_a_signature_nothing_is_written(office):
    visit = office.visit(Right.EDITOR)
    assert 403 == hand_in(visit, ("a.pdf", PDF), signed=False).status_code
    assert 403 == hand_in(visit, ("a.pdf", PDF), signed=False, data={"csrf": "no"}).status_code
    late = {"content-type": "multipart/form-data; boundary=b", **JSON}
    body = (
        b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n%PDF-1\r\n'
        b'--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n' + visit.signature().encode() + b"\r\n--b--\r\n"
    )
    assert 403 == visit.post("/inbox/upload", content=body, headers=late, signed=False).status_code
    assert 404 == hand_in(office.visit(Right.READER), ("a.pdf", PDF)).status_code
    assert 401 == hand_in(office.visit(None), ("a.pdf", PDF), signed=False).status_code
    assert [] == listdir(office)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--b\r\n",
        b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n%PDF-1 breaks off',
        b"--other\r\n\r\n--other--",
        b"--b\r\n" + b"X: y\r\n" * 50 + b"\r\n\r\n--b--",
        b"--b\r\nX: " + b"y" * 9000,
        b"".join(b'--b\r\nContent-Disposition: form-data; name="%d"\r\n\r\n\r\n' % n for n in range(50)) + b"--b--",
        b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"z" * 9000 + b"\r\n--b--",
    ],
)
def test_a_form_that_is_none_is_refused_and_leaves_nothing(office, body):
    headers = {"content-type": "multipart/form-data; boundary=b", **JSON}
    answer = office.visit(Right.EDITOR).post("/inbox/upload", content=body, headers=headers)
    assert 400 == answer.status_code
    assert "Traceback" not in answer.text
    assert [] == listdir(office)


def test_another_folder_is_no_inbox(office):
    answer = hand_in(office.visit(Right.EDITOR), ("a.pdf", PDF), data={"inbox": str(office.folder / "archive")})
    assert (422, "no_inbox") == (answer.status_code, answer.json()["code"])


def test_the_page_says_what_waits_and_what_failed_and_has_it_tried_again(office, quick_events):
    see(office, "waits.pdf")
    lies_at = office.folder / "archive" / "broken.pdf"
    lies_at.write_bytes(PDF)
    failure = Failure("too_large", "it is too <large>", "Split it.")
    failed = see(office, "broken.pdf", target=os.fsencode(lies_at), failure=failure)
    visit = office.visit(Right.EDITOR)
    page = visit.get("/inbox").text
    assert "The daemon is not running" in page
    assert "it is too &lt;large&gt;." in page
    assert "Split it." in page
    assert "Waits until it is at rest" in page
    assert 403 == visit.post("/inbox/retry", data={"file": failed}, signed=False).status_code
    assert {"count": 1, "missing": 0} == visit.post("/inbox/retry", data={"file": failed}, headers=JSON).json()
    assert {"count": 0, "missing": 0} == visit.post("/inbox/retry", data={"file": 99}, headers=JSON).json()
    assert "Split it." not in visit.get("/inbox").text
    assert 404 == office.visit(Right.READER).get("/inbox").status_code


def test_files_that_nobody_has_seen_yet_are_counted_while_the_daemon_is_away(office):
    (office.folder / "inbox" / "a.pdf").write_bytes(PDF)
    (office.folder / "inbox" / ".b.part").write_bytes(PDF)
    assert "one waits" in office.visit(Right.EDITOR).get("/inbox").text


def listen(visit, after="", last=None, act=lambda number: None, end=lambda told: len(told) >= 1):
    """The events of a stream until ``end`` is true of them; ``act`` is called with the number of each."""
    told = []
    headers = {"accept": "text/event-stream"} | ({"last-event-id": last} if last else {})
    with visit.client.stream("GET", f"/inbox/events?after={after}", headers=headers) as answer:
        assert 200 == answer.status_code, answer.read()
        for line in answer.iter_lines():
            if line.startswith(("event: ", "id: ", "data: ")):
                key, _, value = line.partition(": ")
                if key == "event":
                    told.append({"event": value})
                else:
                    told[-1][key] = value
                if key == "data":
                    act(len(told))
                    if end(told):
                        break
    return told


@pytest.fixture
def quick_events(monkeypatch, office):
    """Looks every few milliseconds, and ends a stream with the test: the test client waits for its end."""
    monkeypatch.setattr(events, "EVERY_S", 0.02)
    monkeypatch.setattr(events, "_ASK_WHO_S", 0.05)
    monkeypatch.setattr("invoicewatch.answers.runs.watch._LOOK_EVERY_S", 0.0)


def stop_after(office, count):
    def act(number):
        if number >= count:
            office.site.stopping.set()

    return act


def test_whoever_looks_on_is_told_everything_once_and_then_only_what_changes(office, quick_events):
    first = see(office, "a.pdf")
    visit = office.visit(Right.EDITOR)
    numbers = []

    def act(number):
        if number == 1:
            numbers.append(see(office, "b.pdf"))
        else:
            office.site.stopping.set()

    all_, change = listen(visit, act=act, end=lambda told: False)
    assert json.loads(all_["data"])["all"]
    assert f'id="file-{first}"' in json.loads(all_["data"])["rows"]
    data = json.loads(change["data"])
    assert (False, []) == (data["all"], data["gone"])
    assert [str(numbers[0])] == re.findall(r'id="file-(\d+)"', data["rows"])
    office.site.stopping.clear()
    # Back after a loss: only what was missed; with a place of another process: everything.
    (again,) = listen(visit, last=all_["id"], act=stop_after(office, 1), end=lambda told: False)
    assert [str(numbers[0])] == re.findall(r'id="file-(\d+)"', json.loads(again["data"])["rows"])
    office.site.stopping.clear()
    (anew,) = listen(visit, last="other.7", act=stop_after(office, 1), end=lambda told: False)
    assert json.loads(anew["data"])["all"]


def test_a_stream_ends_with_its_session_which_it_does_not_prolong(office, quick_events):
    visit = office.visit(Right.EDITOR)

    def act(number):
        office.now += office.site.idle_s + 1

    assert ["change", "end"] == [each["event"] for each in listen(visit, act=act, end=lambda told: False)]


def test_a_stream_ends_when_its_person_is_disabled(office, quick_events):
    visit = office.visit(Right.EDITOR, "Bo")
    told = listen(visit, act=lambda _: disable_person(office.site.people, "Bo", disabled=True), end=lambda told: False)
    assert "end" == told[-1]["event"]


def test_streams_are_for_those_who_are_in_and_few(office, quick_events):
    visit = office.visit(Right.EDITOR)
    assert "/login" in office.visit(None).get("/inbox/events").headers["location"]
    assert 404 == office.visit(Right.READER).get("/inbox/events").status_code
    listen(visit, act=stop_after(office, 1), end=lambda told: False)
    streams = visit.client.app._app.state.inbox_tools.streams
    assert [0] == list(streams.values())
    streams[next(iter(streams))] = 4
    assert 429 == visit.get("/inbox/events").status_code
