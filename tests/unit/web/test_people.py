"""Who may come in, and the log, as those see them who may do everything."""

import html
import re

import pytest

from invoicewatch.answers.records.forget import erase, plan_erasure
from invoicewatch.answers.records.set import enter, make_entries
from invoicewatch.answers.upkeep.log import note_change, read_log
from invoicewatch.store.database.deed import Change, Deed, Doer
from invoicewatch.store.database.log import Wanted
from invoicewatch.web.people.accounts import add_person, find_person, list_people
from invoicewatch.web.people.rights import Right
from invoicewatch.web.people.tokens import Scope, add_token, list_tokens
from tests.web_office import ARRIVED

EVIL = "<script>alert(1)</script>{{ 7 * 7 }}"


@pytest.fixture
def boss(office):
    return office.visit(name="boss")


def find_link(answer):
    found = re.search(r'value="[^"]*(/enter/[^"]+)"', answer.text)
    return found and found[1]


@pytest.mark.parametrize("path", ["/people", "/log"])
def test_to_those_who_may_not_there_is_no_such_page(office, path):
    for right, status in ((Right.READER, 404), (Right.EDITOR, 404), (Right.ADMIN, 200)):
        assert status == office.visit(right).get(path).status_code
    for action in ("add", "change", "disable", "reset", "revoke"):
        assert 404 == office.visit(Right.EDITOR).post(f"/people/{action}", data={"name": "boss"}).status_code


def test_somebody_is_let_in_by_a_link_that_is_shown_once(office, boss):
    answer = boss.post("/people/add", data={"name": "  Anna   Berger ", "right": "editor"})
    link = find_link(answer)
    assert 200 == office.visit(None).get(link).status_code
    assert link not in boss.get("/people").text
    assert Right.EDITOR is find_person(office.site.people, "anna berger").right
    again = boss.post("/people/add", data={"name": "anna berger", "right": "admin"})
    assert (422, None) == (again.status_code, find_link(again))
    reset = find_link(boss.post("/people/reset", data={"name": "Anna Berger"}))
    assert (404, 200) == tuple(office.visit(None).get(each).status_code for each in (link, reset))


def test_rights_are_changed_people_shut_out_and_tokens_taken_back(office, boss):
    people = office.site.people
    anna = add_person(people, "anna", Right.EDITOR, office.now)
    add_token(people, "till", anna, [Scope.READ], office.now)
    for path, data in (
        ("change", {"name": "anna", "right": "reader"}),
        ("revoke", {"token": "till"}),
        ("disable", {"name": "anna"}),
        ("disable", {"name": "anna", "undo": "true"}),
    ):
        assert 303 == boss.post(f"/people/{path}", data=data).status_code
    anna = find_person(people, "anna")
    assert (Right.READER, False, []) == (anna.right, anna.disabled, list_tokens(people))
    deeds = [(each.who, each.what, each.field, each.after) for each in read_log(office.state, Wanted(), 9).entries]
    assert deeds == [
        ("boss", "person", "disabled", "false"),
        ("boss", "person", "disabled", "true"),
        ("boss", "token", "scopes", None),
        ("boss", "person", "right", "reader"),
    ]


@pytest.mark.parametrize(
    ("path", "data"), [("change", {"name": "boss", "right": "editor"}), ("disable", {"name": "boss"})]
)
def test_the_last_one_who_may_do_everything_cannot_leave(office, boss, path, data):
    answer = boss.post(f"/people/{path}", data=data)
    assert 422 == answer.status_code
    assert "nobody would be left" in answer.text
    assert [(Right.ADMIN, False)] == [(each.right, each.disabled) for each in list_people(office.site.people)]


def test_nonsense_is_refused(boss):
    for data in (
        {"name": "", "right": "editor"},
        {"name": "a", "right": "king"},
        {"name": "a\x00b", "right": "editor"},
    ):
        assert 422 == boss.post("/people/add", data=data).status_code
    assert 422 == boss.post("/people/change", data={"name": "nobody", "right": "editor"}).status_code
    assert 403 == boss.post("/people/add", signed=False, data={"name": "a", "right": "editor"}).status_code


def test_the_log_says_who_changed_what_in_the_readers_way(office, boss):
    number = office.save()
    enter(office.state, number, make_entries([("total", "1250"), ("issue_date", "2026-03-05")]), who="bo", when=ARRIVED)
    text = html.unescape(
        re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", boss.get("/log", **{"accept-language": "de-DE"}).text))
    )
    assert "bo" in text
    assert "12,50 → 1.250,00" in text
    assert "05.03.2026" in text
    found = {
        query: boss.get(f"/log?{query}").text.count('id="entry-')
        for query in ("who=bo", "who=b", "record=1", "record=2", "record=x")
    }
    assert {"who=bo": 2, "who=b": 0, "record=1": 2, "record=2": 0, "record=x": 0} == found


def test_a_long_log_is_walked_page_by_page(office, boss):
    for _ in range(120):
        note_change(office.state, Change(Deed.PERSON, subject="eve", field="right"), Doer("bo", ARRIVED))
    seen: list[int] = []
    paths = ["/log?who=bo"]
    while paths:
        text = boss.get(html.unescape(paths.pop())).text
        seen += map(int, re.findall(r'id="entry-(\d+)"', text))
        paths += re.findall(r'rel="next" href="([^"]+)"', text)
    assert list(range(120, 0, -1)) == seen


def test_nothing_that_was_read_or_typed_becomes_a_part_of_the_page(office, boss):
    number = office.save()
    enter(office.state, number, make_entries([("seller_name", EVIL)]), who=EVIL, when=ARRIVED)
    text = boss.get("/log", **{"accept-language": EVIL}).text
    assert "<script>alert" not in text
    assert html.escape(EVIL, quote=False) in text.replace("&#39;", "'")
    assert EVIL not in boss.get("/log", accept=EVIL).text
    for answer in (boss.post("/people/add", data={"name": EVIL, "right": "editor"}), boss.get(f"/log?who={EVIL}")):
        assert "<script>alert" not in answer.text
        assert "49" not in re.findall(r'value="([^"]*)"', answer.text)


def test_values_of_an_erased_record_are_gone_from_the_log(office, boss):
    number = office.save()
    enter(office.state, number, make_entries([("seller_name", "Geheim AG")]), who="bo", when=ARRIVED)
    erase(office.state, plan_erasure(office.state, str(number)), Doer("boss", ARRIVED))
    text = boss.get("/log").text
    assert "Geheim" not in text
    assert "values erased" in text
