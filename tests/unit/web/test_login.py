"""Passwords, links, and those who guess."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from invoicewatch.web.people.accounts import Purpose, add_person, disable_person, find_link, make_link, set_password
from invoicewatch.web.people.rights import Right
from invoicewatch.web.people.sessions import begin_session, find_session
from tests.web_office import WebOffice

PASSWORD = "a long enough password"


@pytest.fixture
def anna(office):
    person = add_person(office.site.people, "Anna", Right.EDITOR, office.now)
    set_password(office.site.people, person, PASSWORD)
    return person


def log_in(visit, name="anna", password=PASSWORD, **more):
    return visit.post("/login", signed=False, data={"name": name, "password": password, **more})


def test_the_right_password_begins_a_session_and_leads_back(office, anna):
    visit = office.visit(None)
    answer = log_in(visit, next="/search?q=a")
    assert (303, "/search?q=a") == (answer.status_code, answer.headers["location"])
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "/review" == visit.get("/").headers["location"]


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example", "/\n/evil"])
def test_a_login_never_leads_elsewhere(office, anna, target):
    assert "/" == log_in(office.visit(None), next=target).headers["location"]


@pytest.mark.parametrize(
    ("name", "password"), [("anna", "wrong"), ("nobody", PASSWORD), ("", ""), ("anna", "x" * 5000)]
)
def test_a_wrong_one_does_not(office, anna, name, password):
    answer = log_in(office.visit(None), name, password)
    assert answer.status_code in {403, 422}
    assert "set-cookie" not in answer.headers


def test_whoever_fails_too_often_waits_even_with_the_right_password(office, anna):
    visit = office.visit(None)
    for _ in range(8):
        log_in(visit, password="wrong")
        office.now += 0.01
    assert 429 == log_in(visit).status_code
    office.now += 1000
    assert 303 == log_in(visit).status_code


def test_many_guesses_at_once_are_no_more_than_one_after_the_other(office, anna):
    visits = [office.visit(None) for _ in range(12)]
    for visit in visits:
        visit.get("/login")  # a page's first request builds it, and silences a warning for all threads meanwhile
    together = threading.Barrier(len(visits))

    def guess(visit):
        together.wait(20)
        return log_in(visit, password="wrong").status_code

    with ThreadPoolExecutor(len(visits)) as pool:
        assert [403] * 5 + [429] * 7 == sorted(pool.map(guess, visits))


def test_guesses_from_one_network_are_counted_together(office, anna):
    def guess(name, address):
        visit = office.visit(None)
        visit.client._transport.client = (address, 50000)
        return log_in(visit, name, "wrong").status_code

    assert [403] * 5 + [429] == [guess(f"name {n}", f"2001:db8::{n}") for n in range(1, 7)]
    assert 403 == guess("another", "2001:db8:0:1::7")


def test_a_new_login_ends_the_session_of_before(office, anna):
    visit = office.visit(None)
    log_in(visit)
    before = visit.client.cookies[office.site.cookie]
    log_in(visit)
    other = office.visit(None)
    other.client.cookies.set(office.site.cookie, before)
    assert "/login" in other.get("/").headers["location"]
    assert "/review" == visit.get("/").headers["location"]


def test_a_link_that_somebody_else_was_faster_to_use_changes_no_password(office, anna, monkeypatch):
    people = office.site.people
    secret = make_link(people, anna, Purpose.PASSWORD, office.now, valid_s=60)

    def find_and_be_late(*which):
        found = find_link(*which)
        assert set_password(people, anna, "what the other one chose", link=secret)
        return found

    monkeypatch.setattr("invoicewatch.web.pages.login.find_link", find_and_be_late)
    late = office.visit(None).post(f"/enter/{secret}", signed=False, data={"password": PASSWORD})
    assert (404, None) == (late.status_code, late.headers.get("set-cookie"))
    assert 303 == log_in(office.visit(None), password="what the other one chose").status_code


def test_who_is_shut_out_while_they_come_in_is_not_in_when_they_are_let_in_again(office, anna):
    disable_person(office.site.people, "anna", disabled=True)
    secret = begin_session(office.site.people, anna, office.now)
    disable_person(office.site.people, "anna", disabled=False)
    assert find_session(office.site.people, secret, office.now, idle_s=60) is None


def test_a_link_lets_choose_a_password_once(office):
    person = add_person(office.site.people, "Bo", Right.READER, office.now)
    secret = make_link(office.site.people, person, Purpose.PASSWORD, office.now, valid_s=60)
    visit = office.visit(None)
    assert "Bo" in visit.get(f"/enter/{secret}").text
    assert 422 == visit.post(f"/enter/{secret}", signed=False, data={"password": "short"}).status_code
    assert 303 == visit.post(f"/enter/{secret}", signed=False, data={"password": PASSWORD}).status_code
    assert 404 == office.visit(None).get(f"/enter/{secret}").status_code
    assert 303 == log_in(office.visit(None), "Bo").status_code


def test_a_link_ends(office, anna):
    secret = make_link(office.site.people, anna, Purpose.ENTRY, office.now, valid_s=60)
    office.now += 61
    assert 404 == office.visit(None).post(f"/enter/{secret}", signed=False).status_code


def test_an_entry_link_works_once(office, anna):
    secret = make_link(office.site.people, anna, Purpose.ENTRY, office.now, valid_s=60)
    assert 303 == office.visit(None).post(f"/enter/{secret}", signed=False).status_code
    assert 404 == office.visit(None).post(f"/enter/{secret}", signed=False).status_code


def test_whoever_is_disabled_is_out_at_once(office, anna):
    visit = office.visit(None)
    log_in(visit)
    disable_person(office.site.people, "anna", disabled=True)
    assert "/login" in visit.get("/").headers["location"]
    assert 403 == log_in(office.visit(None)).status_code


def test_the_page_speaks_the_browsers_language_and_english_otherwise(office):
    visit = office.visit(None)
    assert 'lang="de"' in visit.get("/login", **{"accept-language": "de-AT,de;q=0.9"}).text
    assert 'lang="en"' in visit.get("/login", **{"accept-language": "xx-notalanguage-at-all, *;q=0.1"}).text


def test_under_tls_the_cookie_is_one_that_no_other_host_can_set(tmp_path):
    office = WebOffice(tmp_path, origin="https://invoices.example")
    person = add_person(office.site.people, "Anna", Right.EDITOR, office.now)
    set_password(office.site.people, person, PASSWORD)
    answer = log_in(office.visit(None))
    office.close()
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-invoicewatch=")
    assert {"Secure", "Path=/", "HttpOnly"} <= set(cookie.split("; "))
    assert "max-age=" in answer.headers["strict-transport-security"]
