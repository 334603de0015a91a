"""What the forms of the review do, and for whom."""

import re
from decimal import Decimal

import pytest

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.answers.review.progress import list_open
from invoicewatch.records import Status
from invoicewatch.store.database.writer import open_database
from invoicewatch.store.tables.looks import JudgeAgainRow
from invoicewatch.web.people.rights import Right
from tests.web_office import ARRIVED


@pytest.fixture(autouse=True)
def judged(monkeypatch):
    """Nothing is judged apart; how often it was asked for."""
    asked: list[object] = []
    monkeypatch.setattr("invoicewatch.web.pages.review.answering.start_judging", asked.append)
    return asked


def find_version(visit, number) -> str:
    page: str = visit.get(f"/review/{number}").text
    return page.partition('data-version="')[2].partition('"')[0]


def answer(visit, number, field, kind, *, version=None, typed="", program=True, **more):
    data = {"field": field, "answer": kind, "typed": typed, "version": version or find_version(visit, number), **more}
    headers = {"accept": "application/json"} if program else {}
    return visit.post(f"/review/{number}/answer", data=data, headers=headers)


def find_field(office, number, name="total"):
    return read_invoice(office.state, str(number)).invoice.fields[name]


def test_readers_have_no_review(office):
    number = office.save()
    reader = office.visit(Right.READER)
    for path in ("/review", f"/review/{number}", "/review/understand?field=total&text=1"):
        assert 404 == reader.get(path).status_code
    data = {"field": "total", "answer": "take:12.50", "version": find_version(office.visit(), number)}
    for what in ("answer", "undo", "later"):
        assert 404 == reader.post(f"/review/{number}/{what}", data=data).status_code


def test_a_change_needs_a_signature(office):
    number = office.save()
    visit = office.visit(Right.EDITOR)
    data = {"field": "total", "answer": "take:12.50", "version": find_version(visit, number)}
    assert 403 == visit.post(f"/review/{number}/answer", data=data, signed=False).status_code
    assert () == read_invoice(office.state, str(number)).entries


def test_the_beginning_leads_to_what_waits_and_says_when_nothing_does(office):
    first, second = office.save("a.png", seller_name="A"), office.save("b.png", seller_name="B")
    office.save("c.png", status=Status.ACCEPTED)
    visit = office.visit(Right.EDITOR)
    assert f"/review/{first}" == visit.get("/review").headers["location"]
    assert f"/review/{second}?later={first}" == visit.get(f"/review?later={first}").headers["location"]
    for number in (first, second):
        answer(visit, number, "total", "take:12.50")
        answer(visit, number, "issue_date", "none")
    assert "Nothing waits" in visit.get("/review").text


def test_the_last_answer_that_is_needed_settles_the_record(office, judged):
    number = office.save()
    visit = office.visit(Right.EDITOR, "Anna")
    half = answer(visit, number, "total", "take:72.50").json()
    assert (False, "72.50", ["total"]) == (half["done"], half["value"], half["fields"])
    assert Status.NEEDS_REVIEW is read_invoice(office.state, str(number)).invoice.status
    done = answer(visit, number, "issue_date", "none", version=half["version"]).json()
    assert (True, None, 0) == (done["done"], done["next"], done["waiting"])
    assert Status.ACCEPTED is read_invoice(office.state, str(number)).invoice.status
    assert (Decimal("72.50"), None) == (find_field(office, number).value, find_field(office, number, "issue_date"))
    assert {"Anna"} == {entry.who for entry in read_invoice(office.state, str(number)).entries}
    assert 2 == len(judged)


def test_a_field_that_is_not_there_is_not_asked_for_again(office):
    number = office.save(total=None)
    answer(office.visit(Right.EDITOR), number, "total", "none")
    assert "total" not in [question.name for question in list_open(read_invoice(office.state, str(number)))]


def test_what_waits_with_everything_answered_asks_about_the_whole(office):
    number = office.save()
    visit = office.visit(Right.EDITOR)
    answer(visit, number, "total", "take:12.50")
    answer(visit, number, "issue_date", "take:2024-03-05")
    undone = {"fields": "status", "version": find_version(visit, number)}
    assert 303 == visit.post(f"/review/{number}/undo", data=undone).status_code
    assert ["status"] == [q.name for q in list_open(read_invoice(office.state, str(number))) if q.name == "status"]
    left = answer(visit, number, "status", "none").json()
    assert (True, None) == (left["done"], left["next"])
    assert Status.NEEDS_REVIEW is read_invoice(office.state, str(number)).invoice.status
    answer(visit, number, "status", "accept")
    assert Status.ACCEPTED is read_invoice(office.state, str(number)).invoice.status


@pytest.mark.parametrize("kind", ["take:72.51", "take:", "take:" + "9" * 500, "accept", "nonsense", "typed", ""])
def test_what_is_no_answer_changes_nothing(office, kind):
    number = office.save()
    assert 422 == answer(office.visit(Right.EDITOR), number, "total", kind).status_code
    assert () == read_invoice(office.state, str(number)).entries


@pytest.mark.parametrize("field", ["iban", "no such field", ""])
def test_what_nobody_asks_for_is_not_answered_here(office, field):
    number = office.save()
    assert 422 == answer(office.visit(Right.EDITOR), number, field, "typed", typed="x").status_code


def test_whoever_is_second_sees_what_the_first_did_and_keeps_what_they_typed(office):
    number = office.save()
    anna, bo = office.visit(Right.EDITOR, "Anna"), office.visit(Right.EDITOR, "Bo")
    seen = find_version(bo, number)
    answer(anna, number, "total", "take:72.50")
    told = answer(bo, number, "total", "typed", typed="12,5", version=seen)
    assert (409, "overtaken") == (told.status_code, told.json()["code"])
    page = answer(bo, number, "total", "typed", typed="12,5", version=seen, program=False)
    assert 409 == page.status_code
    words = " ".join(re.sub(r"<[^>]+>", "", page.text).split())
    assert "Anna, Total: 12.50 → 72.50" in words
    assert 'value="12,5"' in page.text
    assert Decimal("72.50") == find_field(office, number).value


def test_undo_restores_what_was_said_before_and_only_ones_own(office):
    number = office.save()
    anna, bo = office.visit(Right.EDITOR, "Anna"), office.visit(Right.EDITOR, "Bo")
    answer(anna, number, "total", "typed", typed="40,00")
    version = answer(anna, number, "total", "typed", typed="50,00").json()["version"]
    assert 422 == bo.post(f"/review/{number}/undo", data={"fields": "total", "version": version}).status_code
    assert 409 == anna.post(f"/review/{number}/undo", data={"fields": "total", "version": "old"}).status_code
    assert 303 == anna.post(f"/review/{number}/undo", data={"fields": "total.x", "version": version}).status_code
    assert Decimal("40.00") == find_field(office, number).value


def test_what_was_put_off_comes_last(office):
    one, two, three = (office.save(f"{n}.png", seller_name=n) for n in "abc")
    visit = office.visit(Right.EDITOR)
    assert f"/review/{two}?later={one}" == visit.post(f"/review/{one}/later").headers["location"]
    later = visit.post(f"/review/{two}/later", data={"later": f"{one}.x.99999999999999999999"}).headers["location"]
    assert f"/review/{three}?later={one}.{two}" == later
    assert f'data-next="{one}"' in visit.get(later).text


def test_typed_values_are_read_back_as_the_reader_writes_them(office):
    visit = office.visit(Right.EDITOR)

    def read(field, text, language="en-GB"):
        path = f"/review/understand?field={field}&text={text}"
        return visit.get(path, **{"accept-language": language}).json()

    assert {"value": "12.50"} == read("total", "12,5")
    assert {"value": "3 April 2025"} == read("issue_date", "3.4.25")
    assert {"value": "15 April 2025"} == read("due_date", "Date: Apr 15, 2025.")
    for field, text in (("total", "1.250"), ("issue_date", "05/03/2024"), ("due_date", "5 May 2024 - 6 May 2024")):
        assert "two ways" in read(field, text)["problem"]
    assert "problem" in read("status", "accepted")


def test_what_an_answer_settles_elsewhere_is_told(office):
    first, second, third = (office.save(f"{n}.png") for n in range(3))
    visit = office.visit(Right.EDITOR)
    database = open_database(office.state)
    with database.begin() as session:
        session.add(JudgeAgainRow(invoice_id=second, since=ARRIVED))
    database.close()
    assert second in answer(visit, first, "total", "take:12.50").json()["queued"]
    found = visit.get(f"/review/settled?of={second}.{third}").json()
    assert {"settled": [], "working": True, "waiting": 3} == found
    answer(visit, third, "total", "take:12.50")
    answer(visit, third, "issue_date", "take:2024-03-05")
    assert [third] == visit.get(f"/review/settled?of={second}.{third}").json()["settled"]
    assert {"settled": [], "working": False, "waiting": 2} == visit.get("/review/settled?of=x").json()


def test_habits_are_kept_and_an_unknown_language_is_refused(office):
    number = office.save()
    visit = office.visit(Right.EDITOR)
    assert "data-shortcuts" in visit.get(f"/review/{number}").text
    assert 303 == visit.post("/me", data={"language": "en"}).status_code
    assert "data-shortcuts" not in visit.get(f"/review/{number}").text
    assert "selected" in visit.get("/me").text
    assert 422 == visit.post("/me", data={"language": "xx", "shortcuts": "yes"}).status_code


def test_what_the_machine_read_is_offered_beside_what_somebody_answered(office):
    number = office.save()
    visit = office.visit(Right.EDITOR)
    answer(visit, number, "total", "none")
    assert "12.50" == answer(visit, number, "total", "take:12.50").json()["value"]
    for value in ("12.50", "72.50"):
        answer(visit, number, "total", "typed", typed="40")
        assert value == answer(visit, number, "total", f"take:{value}").json()["value"]
