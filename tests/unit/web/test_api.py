"""What programs may do, what they are told, and what they are not."""

import csv
import io
import json
import subprocess
from datetime import UTC, datetime
from math import log

import pytest

from invoicewatch.answers.records.refuse import refuse_edit
from invoicewatch.answers.upkeep.log import read_log
from invoicewatch.records import Box, Edit, Lattice, Line, Path, Reading, Word, keep_words
from invoicewatch.records.contract.record import ShownJson
from invoicewatch.store.database.log import Wanted
from invoicewatch.web.api.shapes import FollowedJson, FoundJson, ProblemJson, ReceivedJson
from invoicewatch.web.guard.limits import Limits
from invoicewatch.web.people.accounts import add_person
from invoicewatch.web.people.rights import Right
from invoicewatch.web.people.tokens import Scope, add_token
from scripts.papers.shapes import find_breaches

BOX = Box(0.1, 0.2, 0.3, 0.25)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 300


class Program:
    """Asks with a token."""

    def __init__(self, office, *scopes, right=Right.EDITOR):
        person = add_person(
            office.site.people, f"anna {office.site.people.rows('SELECT count(*) FROM person')[0][0]}", right, 0.0
        )
        self.client = office.visit(None).client
        secret = add_token(office.site.people, f"of {person.name}", person, scopes or list(Scope), 0.0)
        self.client.headers["authorization"] = f"Bearer {secret}"

    def get(self, path, shape=None, status=200, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.check(self.client.get(f"/api/v1{path}", headers=headers), shape, status)

    def patch(self, path, body, status=200, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.check(self.client.patch(f"/api/v1{path}", json=body, headers=headers), ShownJson, status)

    def check(self, answer, shape, status):
        assert status == answer.status_code, answer.text
        if status >= 400:
            assert "application/problem+json" == answer.headers["content-type"]
            shape = ProblemJson
        if shape is not None:
            assert not list(find_breaches(answer.json(), shape))
        return answer


PATHS = ["/records", "/records/1", "/search?q=acme", "/export", "/files/x", "/openapi.json"]


@pytest.mark.parametrize("path", PATHS)
def test_without_a_good_token_nobody_is_told_anything(office, path):
    office.save()
    for client in (office.visit(None).client, office.visit(Right.ADMIN).client):
        if path == "/openapi.json" and client.cookies:
            continue
        for authorization in ("", "Bearer", "Bearer iwt_x", "Basic YTpi", "Bearer \xe9".encode("latin-1")):
            answer = client.get(f"/api/v1{path}", headers={"authorization": authorization} if authorization else {})
            assert 401 == answer.status_code
            assert answer.headers["www-authenticate"].startswith("Bearer")
            assert "application/problem+json" == answer.headers["content-type"]


def test_a_program_without_a_token_is_refused_before_its_body_is_looked_at(office):
    client = office.visit(None).client
    assert 401 == client.patch("/api/v1/records/1", content=b"{no json").status_code
    assert 401 == client.post("/api/v1/files", content=b"no form").status_code


def test_what_a_token_is_not_good_for_is_not_there(office):
    office.save()
    reading, sending = Program(office, Scope.READ), Program(office, Scope.SUBMIT)
    sending.get("/records", status=404)
    sending.get("/records/1", status=404)
    sending.get("/export", status=404)
    reading.get("/files/x", status=404)
    assert 404 == reading.client.post("/api/v1/files", files={"file": ("a.png", PNG)}).status_code
    reading.patch("/records/1", {"fields": {"total": "1"}}, 404, if_match="*")
    Program(office, right=Right.READER).patch("/records/1", {"fields": {"total": "1"}}, 404, if_match="*")


def test_a_list_is_walked_by_its_cursors_whatever_comes_meanwhile(office):
    for number in range(7):
        office.save(f"{number}.png")
    program = Program(office)
    for sort, wanted in (("newest", [7, 6, 5, 4, 3, 2, 1]), ("oldest", [1, 2, 3, 4, 5, 6, 7])):
        path, seen = f"/records?limit=3&sort={sort}&currency=eur", []
        while path:
            answer = program.get(path, FoundJson)
            seen += [record["id"] for record in answer.json()["records"]]
            follows = answer.json()["next"]
            assert (f'<{follows}>; rel="next"' if follows else None) == answer.headers.get("link")
            path = follows and follows.removeprefix("/api/v1")
        assert wanted == seen


def test_a_search_is_walked_and_its_language_is_that_of_the_command_line(office):
    for number in range(4):
        office.save(f"{number}.png", total=None)
    program = Program(office)
    first = program.get("/search?q=acme&limit=3", FoundJson).json()
    rest = program.get(first["next"].removeprefix("/api/v1"), FoundJson).json()
    assert (3, 1, None) == (len(first["records"]), len(rest["records"]), rest["next"])
    assert [] == program.get("/search?q=acme+date:2020", FoundJson).json()["records"]
    assert "query" == program.get("/search?q=date:nonsense", status=422).json()["code"]


@pytest.mark.parametrize("cursor", ["x", "é", "b2xkZXN0IDM", "bmV3ZXN0IC0x", "bmV3ZXN0IDk5OTk5OTk5OTk5OTk5OTk5OTk5OTk"])
def test_a_cursor_that_is_made_up_is_refused(office, cursor):
    assert "cursor" == Program(office).get(f"/records?cursor={cursor}", status=422).json()["code"]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=x", "sort=best", "verified=perhaps", "minimum=x", f"seller={'x' * 300}"]
)
def test_nonsense_is_named_and_not_repeated(office, query):
    answer = Program(office).get(f"/records?{query}", status=422)
    assert "xxx" not in answer.text


def test_a_record_is_what_show_prints_and_is_sent_once(office):
    number = office.save()
    program = Program(office)
    answer = program.get(f"/records/{number}", ShownJson)
    assert "12.50" == answer.json()["fields"]["total"]["value"]
    again = program.client.get(f"/api/v1/records/{number}", headers={"if-none-match": answer.headers["etag"]})
    assert (304, b"") == (again.status_code, again.content)
    assert "no_invoice" == program.get("/records/99", status=404).json()["code"]


def test_it_has_what_stays_in_doubt_and_what_people_refused(office):
    word = Word("T0tal", BOX, 60.0, "eye")
    doubt = Lattice(0, 1, "eye", (Path("T0tal", log(0.6)), Path("Total", log(0.4))))
    edit = Edit(1, 0, 0, 1, "Acne", "Acme", BOX, "a known word", -9.5, -2.25, "spelling")
    words = (keep_words(Reading(1, (Line((word,), (doubt,)),), "eye"), 0),)
    number = office.save(record={"edits": (edit,), "words": words})
    program = Program(office)
    before = program.get(f"/records/{number}", ShownJson)
    (told,) = before.json()["doubts"]
    assert (["Total"], ["eye"], list(BOX)) == ([each["text"] for each in told["others"]], told["engines"], told["box"])
    refuse_edit(office.state, number, 0, who="ann", when=datetime(2026, 3, 5, tzinfo=UTC))
    after = program.get(f"/records/{number}", ShownJson, if_none_match=before.headers["etag"])
    assert [("Acne", "ann")] == [(each["before"], each["who"]) for each in after.json()["refused_edits"]]
    program.patch(f"/records/{number}", {"fields": {"total": "13.00"}}, if_match=before.headers["etag"])


def test_a_correction_needs_the_state_that_was_seen(office):
    number = office.save()
    program, other = Program(office), Program(office)
    seen = program.get(f"/records/{number}").headers["etag"]
    change = {"fields": {"total": "72,50", "due_date": None}}
    program.patch(f"/records/{number}", change, 428)
    done = program.patch(f"/records/{number}", change, if_match=seen)
    assert ("72.50", "human") == tuple(done.json()["fields"]["total"][key] for key in ("value", "source"))
    assert "overtaken" == other.patch(f"/records/{number}", change, 412, if_match=seen).json()["code"]
    other.patch(f"/records/{number}", change, 412, if_match=f"W/{done.headers['etag']}")
    other.patch(f"/records/{number}", {"undo": ["total"]}, if_match=f'"x", {done.headers["etag"]}')
    entries = read_log(office.state, Wanted(who="anna 0"), 9).entries
    assert {("anna 0 (token of anna 0)", "set")} == {(entry.who, entry.what) for entry in entries}
    assert "anna 1 (token of anna 1)" == read_log(office.state, Wanted(), 1).entries[0].who


@pytest.mark.parametrize(
    "body",
    [
        {}, [], {"status": "accepted"}, {"\ud800": 1}, {"undo": ["no_field"]},
        {"fields": {"total": "much"}}, {"fields": {"no_field": "1"}}, {"fields": {"total": 5}},
        {"fields": {"status": "perhaps"}}, {"fields": {"seller_name": "\ud800"}},
    ],
)  # fmt: skip
def test_a_correction_that_says_nothing_or_nonsense_is_refused(office, body):
    number = office.save()
    headers = {"if-match": "*", "content-type": "application/json"}
    program = Program(office)
    answer = program.client.patch(f"/api/v1/records/{number}", content=json.dumps(body), headers=headers)
    program.check(answer, None, 422)


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx", "sqlite"])
def test_what_is_found_is_exported(office, kind):
    office.save("a.png")
    office.save("b.png", seller_name="=cmd()", total=None)
    answer = Program(office).get(f"/export?format={kind}&q=acme")
    assert f'attachment; filename="invoices.{kind}"' == answer.headers["content-disposition"]
    if kind == "csv":
        rows = list(csv.DictReader(io.StringIO(Program(office).get("/export").text)))
        assert ["'=cmd()", "Acme Ltd"] == [row["seller_name"] for row in rows]
    elif kind == "json":
        assert [None, "12.50"] == [row["total"] for row in answer.json()]
    else:
        assert answer.content[:4] in {b"PK\x03\x04", b"SQLi"}


def test_files_are_handed_in_and_followed_by_the_token_that_did(office):
    program = Program(office)
    answer = program.client.post("/api/v1/files", files=[("file", ("../a.png", PNG)), ("file", ("b.png", PNG))])
    program.check(answer, ReceivedJson, 201)
    first, second = answer.json()["files"]
    assert ("a.png", first["sha256"]) == (first["name"], second["sha256"])
    assert PNG == (office.folder / "inbox" / "a.png").read_bytes()
    path = f"/files/{first['id']}"
    assert ("handed_in", False) == tuple(program.get(path, FollowedJson).json()[key] for key in ("state", "done"))
    Program(office).get(path, status=404)
    program.get(f"{path[:-2]}AA", status=404)
    (office.folder / "inbox" / "a.png").unlink()
    assert ("gone", True) == tuple(program.get(path, FollowedJson).json()[key] for key in ("state", "done"))
    entries = read_log(office.state, Wanted(), 9).entries
    assert [("hand_in", first["sha256"])] * 2 == [(entry.what, entry.sha256) for entry in entries]


def test_a_file_that_is_none_is_refused_and_the_others_are_taken(office):
    program = Program(office)
    files = [("file", ("a.png", PNG)), ("file", ("b.exe", b"MZ" + b"0" * 300))]
    answer = program.client.post("/api/v1/files", files=files)
    assert (415, "application/problem+json") == (answer.status_code, answer.headers["content-type"])
    assert (["a.png"], ["b.exe"]) == tuple(
        [each["given"] for each in answer.json()[key]] for key in ("files", "refused")
    )
    for nothing in ({"data": {"a": "b"}}, {"files": {"file": ("", b"")}}):
        assert program.client.post("/api/v1/files", **nothing).status_code in {400, 415, 422}


def test_whoever_asks_too_often_waits_and_nobody_else_does(office):
    program, other = Program(office), Program(office)
    answers = [program.client.get("/api/v1/records") for _ in range(120)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert 1 <= int(refused[0].headers["retry-after"]) <= 10
    other.get("/records")
    office.now += 10
    program.get("/records")


def test_a_bucket_fills_up_again():
    limits = Limits(a_second=2.0, at_once=3.0)
    assert [0.0, 0.0, 0.0, 0.5] == [limits.take("a", 10.0) for _ in range(4)]
    assert (0.0, 0.0) == (limits.take("a", 10.5), limits.take("b", 10.5))
    assert limits.take("a", 9.0) > 0


def test_the_document_names_the_routes_of_the_api_and_nothing_else(office):
    document = Program(office).get("/openapi.json").json()
    assert "3.1.0" == document["openapi"]
    assert {
        "/api/v1/" + path for path in ("export", "files", "files/{key}", "records", "records/{number}", "search")
    } == set(document["paths"])
    field = document["components"]["schemas"]["Field"]
    assert field["properties"]["confidence"]["description"].startswith("From 0 to 1")
    assert 200 == office.visit(Right.READER).get("/api/v1/openapi.json").status_code


def test_another_method_is_named_as_such(office):
    answer = Program(office).client.delete("/api/v1/records/1")
    assert (405, "application/problem+json") == (answer.status_code, answer.headers["content-type"])
    assert "GET" in answer.headers["allow"]


def test_a_request_from_another_page_or_to_another_name_is_refused_as_programs_read_it(office):
    program = Program(office)
    for headers, status in (({"origin": "https://evil.example"}, 403), ({"host": "evil.example"}, 421)):
        answer = program.client.patch("/api/v1/records/1", json={}, headers=headers)
        program.check(answer, None, status)


def test_exports_are_written_apart_and_no_list_of_processes_says_what_is_looked_for(office, monkeypatch):
    commands, run = [], subprocess.run

    def note(command, **more):
        commands.append(command)
        return run(command, **more)

    monkeypatch.setattr("invoicewatch.web.pages.find.export_apart.subprocess.run", note)
    office.save(seller_name="Zebra Ltd")
    assert "Zebra" in Program(office).get("/export?q=zebra").text
    assert "Zebra" in office.visit().get("/search/export?q=zebra").text
    assert 2 == len(commands)
    assert "zebra" not in repr(commands).lower()
