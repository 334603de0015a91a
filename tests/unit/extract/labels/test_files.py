"""Every language's file is whole, and says nothing twice."""

from collections import Counter
from pathlib import Path

import pytest

from invoicewatch.extract.labels.language import expand_phrase
from invoicewatch.extract.labels.load import load_international, load_languages, load_roles
from invoicewatch.extract.page.labels import skeleton_of

LANGUAGES = {language.code: language for language in load_languages()}
# Looked for as labels, in which one phrase can have one role only.
LABEL_TABLES = (
    "amounts", "columns", "currency", "dates", "identifiers", "kinds", "letters", "parties", "months", "compounds"
)  # fmt: skip
DOCS = Path(__file__).parents[4] / "docs" / "languages.md"


def test_the_languages_of_the_documentation_have_files():
    named = {"en", "de", "fr", "es", "it", "nl", "pt", "pl", "cs", "sk", "hu", "ro", "sv", "da", "nb", "fi", "tr", "hr"}
    assert named <= LANGUAGES.keys()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_file_names_every_table_and_role(code):
    tables = LANGUAGES[code].tables
    assert {table: list(roles) for table, roles in load_roles().items()} == {
        table: list(roles) for table, roles in tables.items()
    }


@pytest.mark.parametrize("code", LANGUAGES)
def test_twelve_months_a_date_order_and_a_decimal_sign(code):
    language = LANGUAGES[code]
    assert [str(number) for number in range(1, 13)] == [*language.tables["months"]]
    assert all(language.tables["months"].values())
    assert language.date_order in {"dmy", "mdy", "both"}
    assert language.decimal_sign in {",", "."}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("table", LABEL_TABLES)
def test_no_label_has_two_roles(code, table):
    roles: dict[str, set[str]] = {}
    for role, entries in LANGUAGES[code].tables[table].items():
        for phrase in (phrase for entry in entries for phrase in expand_phrase(entry)):
            roles.setdefault(skeleton_of(phrase), set()).add(role)
    assert {} == {skeleton: named for skeleton, named in roles.items() if len(named) > 1}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("table", load_roles())
def test_no_entry_stands_twice_in_a_role(code, table):
    for entries in LANGUAGES[code].tables[table].values():
        assert [] == [entry for entry, count in Counter(entries).items() if count > 1]


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_label_adds_nothing_to_those_before_it(code):
    for table in LABEL_TABLES:
        seen: set[str] = set()
        for entry in (entry for entries in LANGUAGES[code].tables[table].values() for entry in entries):
            skeletons = {skeleton_of(phrase) for phrase in expand_phrase(entry)}
            assert skeletons - seen, f"{code}.toml: [{table}] {entry!r} is there already"
            seen |= skeletons


def test_international_words_are_no_labels():
    assert load_international().keys().isdisjoint(LABEL_TABLES)


def test_the_documentation_explains_every_table():
    text = DOCS.read_text(encoding="utf-8")
    assert [] == [table for table in load_roles() if f"`[{table}]`" not in text]
