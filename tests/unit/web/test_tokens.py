"""Tokens, who governs, and what the log has of both."""

import sqlite3
from contextlib import closing

import pytest

from invoicewatch.answers.upkeep.log import read_log
from invoicewatch.errors import ConfigError, TransientError
from invoicewatch.store.database.log import Wanted
from invoicewatch.web.people.accounts import add_person, change_right, disable_person, list_people, set_password
from invoicewatch.web.people.notes import note_by
from invoicewatch.web.people.rights import Right
from invoicewatch.web.people.store import PEOPLE_NAME
from invoicewatch.web.people.tokens import Scope, add_token, find_token, list_tokens, revoke_token


@pytest.fixture
def people(office):
    return office.site.people


@pytest.fixture
def note(office):
    return note_by(office.state, "boss", office.now)


def read_deeds(office):
    entries = read_log(office.state, Wanted(), 100).entries
    return [(each.who, each.what, each.subject, each.field, each.before, each.after) for each in reversed(entries)]


def test_a_token_is_known_by_its_secret_of_which_only_a_hash_is_kept(office, people):
    anna = add_person(people, "anna", Right.EDITOR, office.now)
    secret = add_token(people, "till", anna, [Scope.READ, Scope.SUBMIT], office.now, valid_s=60)
    token = find_token(people, secret, office.now)
    assert token is not None
    assert (True, True, False) == tuple(token.may(scope) for scope in Scope)
    assert ("anna (token till)", office.now) == (token.who, list_tokens(people)[0].seen_s)
    assert None is find_token(people, secret, office.now + 61)
    assert None is find_token(people, f"{secret}x", office.now)
    kept = b"".join(path.read_bytes() for path in office.state.glob(f"{PEOPLE_NAME}*"))
    assert secret.removeprefix("iwt_").encode() not in kept


def test_a_token_is_good_for_no_more_than_its_person_may(office, people):
    anna = add_person(people, "anna", Right.EDITOR, office.now)
    secret = add_token(people, "till", anna, list(Scope), office.now)
    change_right(people, "anna", Right.READER)
    token = find_token(people, secret, office.now)
    assert token is not None
    assert (True, False, False) == tuple(token.may(scope) for scope in Scope)
    disable_person(people, "anna", disabled=True)
    assert ([], None) == (list_tokens(people), find_token(people, secret, office.now))


@pytest.mark.parametrize(
    ("name", "scopes"), [("till", [Scope.READ]), ("", [Scope.READ]), ("a(b", [Scope.READ]), ("b", [])]
)
def test_a_token_needs_a_name_of_its_own_and_something_to_be_good_for(office, people, name, scopes):
    anna = add_person(people, "anna", Right.EDITOR, office.now)
    add_token(people, "till", anna, [Scope.READ], office.now)
    with pytest.raises(ConfigError):
        add_token(people, name, anna, scopes, office.now)


def test_the_last_one_who_may_do_everything_stays(office, people):
    for name, right in (("ada", Right.ADMIN), ("eve", Right.EDITOR)):
        add_person(people, name, right, office.now)
    for take_away in (
        lambda: disable_person(people, "ada", disabled=True),
        lambda: change_right(people, "ada", Right.EDITOR),
    ):
        with pytest.raises(ConfigError, match="nobody would be left"):
            take_away()
    change_right(people, "eve", Right.ADMIN)
    disable_person(people, "ada", disabled=True)
    assert {"ada": True, "eve": False} == {each.name: each.disabled for each in list_people(people)}


def test_each_change_of_people_and_tokens_is_written_down(office, people, note):
    anna = add_person(people, "anna", Right.EDITOR, office.now, note)
    add_token(people, "till", anna, [Scope.REVIEW, Scope.READ], office.now, note=note)
    revoke_token(people, "till", note)
    change_right(people, "anna", Right.READER, note)
    set_password(people, anna, "a long enough password", note)
    disable_person(people, "anna", disabled=True, note=note)
    assert read_deeds(office) == [
        ("boss", "person", "anna", "right", None, "editor"),
        ("boss", "token", "anna (token till)", "scopes", None, "read review"),
        ("boss", "token", "anna (token till)", "scopes", "read review", None),
        ("boss", "person", "anna", "right", "editor", "reader"),
        ("boss", "person", "anna", "password", None, None),
        ("boss", "person", "anna", "disabled", "false", "true"),
    ]


def test_what_is_not_done_is_not_written_down_and_what_cannot_be_written_down_is_not_done(
    office, people, note, monkeypatch
):
    add_person(people, "anna", Right.EDITOR, office.now)
    with pytest.raises(ConfigError):
        add_person(people, "Anna", Right.ADMIN, office.now, note)
    assert [] == read_deeds(office)
    monkeypatch.setattr("invoicewatch.store.database.writer.BUSY_TIMEOUT_S", 0.1)
    with closing(sqlite3.connect(office.state / "invoicewatch.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(TransientError):
            change_right(people, "anna", Right.ADMIN, note)
    assert Right.EDITOR is list_people(people)[0].right
