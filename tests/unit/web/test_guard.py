"""Who gets in, and what is turned away before anything is done."""

import logging
import os
import re

import pytest

from invoicewatch.web.guard.silence import keep_words_out
from invoicewatch.web.people.rights import Right

PAGES = ["/", "/record/1/page/1", "/record/1/original"]


@pytest.mark.parametrize("path", PAGES)
def test_without_a_session_everything_leads_to_the_login(office, path):
    office.save()
    answer = office.visit(None).get(path)
    assert 303 == answer.status_code
    assert answer.headers["location"].startswith("/login?next=")


def test_a_program_without_a_session_is_told_so(office):
    answer = office.visit(None).get("/", accept="application/json")
    assert (401, "application/problem+json") == (answer.status_code, answer.headers["content-type"])


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1", "127.0.0.1", ""])
def test_another_name_is_not_this_page(office, host):
    assert 421 == office.visit().get("/", host=host).status_code


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:9"])
def test_a_change_from_another_page_is_refused(office, origin):
    assert 403 == office.visit().post("/logout", origin=origin).status_code


def test_a_change_without_a_signature_is_refused(office):
    visit = office.visit()
    assert 403 == visit.post("/logout", signed=False).status_code
    assert 403 == visit.post("/logout", signed=False, headers={"x-csrf-token": "é.1".encode()}).status_code
    assert 303 == visit.get("/").status_code


def test_a_signature_of_another_session_is_worth_nothing(office):
    one, other = office.visit(), office.visit()
    answer = one.post("/logout", signed=False, headers={"x-csrf-token": other.signature()})
    assert 403 == answer.status_code


def test_logging_out_ends_the_session(office):
    visit = office.visit()
    secret = visit.client.cookies[office.site.cookie]
    answer = visit.post("/logout")
    assert (303, '"cache"') == (answer.status_code, answer.headers["clear-site-data"])
    visit.client.cookies.set(office.site.cookie, secret)
    assert "/login" in visit.get("/").headers["location"]


def test_a_session_ends_when_it_is_not_used(office):
    visit = office.visit()
    office.now += office.site.idle_s + 1
    assert "/login" in visit.get("/").headers["location"]


def test_a_body_that_is_too_long_is_refused_however_it_comes(office):
    visit = office.visit()
    assert 413 == visit.post("/login", data={"name": "a" * 2_000_000, "password": "b"}).status_code
    pieces = (b"a" * 100_000 for _ in range(30))
    assert (
        413
        == visit.post(
            "/login", content=pieces, headers={"content-type": "application/x-www-form-urlencoded"}
        ).status_code
    )


def test_every_answer_has_the_policy(office):
    for path in ("/login", "/no-such-page", "/static/app.css"):
        headers = office.visit().get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert "nosniff" == headers["x-content-type-options"]


def test_an_original_is_handed_out_to_be_kept_and_never_shown(office):
    number = office.save("a\r\n;evil.png")
    answer = office.visit(Right.READER).get(f"/record/{number}/original")
    assert 200 == answer.status_code
    assert "attachment; filename*=UTF-8''a%0D%0A%3Bevil.png" == answer.headers["content-disposition"]
    assert "application/octet-stream" == answer.headers["content-type"]
    assert answer.headers["content-security-policy"].startswith("sandbox")


@pytest.mark.parametrize("lie", ["link", "pipe", "other"])
def test_what_lies_where_an_original_lay_is_handed_to_nobody(office, lie):
    number = office.save()
    place, secret = office.folder / "archive" / "scan.png", office.state / "people.db"
    whole, visit = place.read_bytes(), office.visit(Right.READER)
    assert whole == visit.get(f"/record/{number}/original").content
    place.unlink()
    {"link": lambda: place.symlink_to(secret), "pipe": lambda: os.mkfifo(place), "other": place.touch}[lie]()
    assert 404 == visit.get(f"/record/{number}/original").status_code
    (office.folder / "inbox" / "scan.png").write_bytes(whole)
    assert whole == visit.get(f"/record/{number}/original").content


def test_a_page_is_drawn(office):
    number = office.save()
    answer = office.visit(Right.READER).get(f"/record/{number}/page/1?width=300")
    assert (200, "image/webp") == (answer.status_code, answer.headers["content-type"])
    assert b"RIFF" == answer.content[:4]


def test_a_page_that_is_not_there_is_not_found_and_a_changed_file_is_not_shown(office):
    number = office.save()
    visit = office.visit(Right.READER)
    assert 404 == visit.get("/record/99/page/1").status_code
    for page in (0, -(10**30), 10**30):
        assert 404 == visit.get(f"/record/{number}/page/{page}").status_code
        assert 404 == visit.get(f"/record/{number}/page/{page}/words").status_code
    assert 422 == visit.get(f"/record/{number}/page/7").status_code
    (office.folder / "archive" / "scan.png").write_bytes(b"something else")
    answer = visit.get(f"/record/{number}/page/1?width=1400", accept="application/json")
    assert (422, "missing") == (answer.status_code, answer.json()["code"])


def test_a_fault_is_logged_once_and_without_its_words(office, monkeypatch, capfd):
    def fail(*_):
        raise RuntimeError("what stands in the document")

    monkeypatch.setattr("invoicewatch.web.pages.home.RedirectResponse", fail)
    answer = office.visit().get("/")
    assert 500 == answer.status_code
    said = "".join(capfd.readouterr())
    (reference,) = re.findall(r"under (\w+)", answer.text)
    assert (1, True) == (said.count(reference), "RuntimeError" in said)
    assert "what stands" not in said + answer.text
    assert "Traceback" not in said + answer.text


@pytest.mark.parametrize("name", ["uvicorn.error", "asyncio"])
def test_an_error_of_the_server_is_logged_by_its_kind_alone(name, caplog):
    keep_words_out()
    keep_words_out()
    error = ValueError("what stands in the upload")
    logging.getLogger(name).error("it %s\nwith more", "failed", exc_info=error)
    (record,) = caplog.records
    assert ("it failed (ValueError)", None) == (record.getMessage(), record.exc_info)
    assert "what stands" not in caplog.text
    assert 1 == len(logging.getLogger(name).filters)
