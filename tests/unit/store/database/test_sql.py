"""A statement is put together from what the source says; what comes from outside travels beside it."""

import ast
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import invoicewatch
from invoicewatch.store.database.sql import Sql, join_conditions, join_list, list_values, name_one_of, sql
from invoicewatch.store.search.filters import Filters, build_conditions

PACKAGE = Path(invoicewatch.__file__).parent
HOSTILE = "x'; DROP TABLE invoice; -- {where} ?"


def test_values_of_the_template_and_of_its_parts_keep_the_order_of_their_question_marks():
    inner = sql("SELECT id FROM file WHERE name = ? LIMIT ?", "a", 2)
    query = sql("SELECT ? FROM ({inner}) WHERE {where} LIMIT ?", 1, 4, inner=inner, where=sql("id > ?", 3))

    assert "SELECT ? FROM (SELECT id FROM file WHERE name = ? LIMIT ?) WHERE id > ? LIMIT ?" == query.text
    assert (1, "a", 2, 3, 4) == query.parameters


def test_a_part_may_stand_twice_and_brings_its_values_twice():
    query = sql("{same} OR {same}", same=sql("a = ?", 7))

    assert Sql("a = ? OR a = ?", (7, 7)) == query


@pytest.mark.parametrize(
    ("template", "values", "parts"),
    [
        ("a = ?", (), {}),
        ("a = ?", (1, 2), {}),
        ("a", (1,), {}),
        ("{a}", (), {}),
        ("a", (), {"a": sql("1")}),
    ],
)
def test_what_has_no_place_and_a_place_without_anything_are_refused(template, values, parts):
    with pytest.raises(ValueError, match=r"part|value"):
        sql(template, *values, **parts)


def test_text_is_no_part():
    part: Any = HOSTILE
    with pytest.raises(TypeError, match="question mark"):
        sql("SELECT id FROM {table}", table=part)


@pytest.mark.parametrize("name", [HOSTILE, "total --", "", "Total"])
def test_a_name_is_one_of_those_in_the_source(name):
    with pytest.raises(ValueError, match="none of"):
        name_one_of(name, {"total", "issue_date"})

    assert Sql("total") == name_one_of("total", {"total", "issue_date"})


def test_joining_keeps_the_values():
    parts = [sql("a = ?", 1), sql("b"), sql("c = ?", 2)]

    assert Sql("a = ? AND b AND c = ?", (1, 2)) == join_conditions(parts)
    assert Sql("a = ?, b, c = ?", (1, 2)) == join_list(parts)


def test_no_condition_is_always_true():
    assert Sql("1") == join_conditions([])


@given(st.text())
def test_hostile_text_travels_as_a_parameter_alone(text):
    filters = Filters(currency=text, inbox=text, status=(text, HOSTILE))
    where = join_conditions(condition.where for condition in build_conditions(filters))
    plain = Filters(currency=text and "EUR", inbox=text and "in", status=("accepted", "failed"))

    assert join_conditions(condition.where for condition in build_conditions(plain)).text == where.text
    assert HOSTILE in where.parameters


def test_a_value_that_looks_like_sql_is_compared_and_never_run():
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE invoice (name TEXT)")
        connection.execute("INSERT INTO invoice VALUES (?)", (HOSTILE,))
        query = sql("SELECT name FROM invoice WHERE name IN ({names})", names=list_values([HOSTILE, "x"]))
        found = connection.execute(query.text, query.parameters).fetchall()
    connection.close()

    assert [(HOSTILE,)] == found


def list_calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call of a plain name or a method in the package, with where it stands."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if path != PACKAGE / "store" / "database" / "sql.py":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


def is_written_out(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_every_template_is_written_out_in_the_source():
    calls = [(place, call) for place, call in list_calls() if isinstance(call.func, ast.Name) and call.func.id == "sql"]

    assert [] == [place for place, call in calls if not (call.args and is_written_out(call.args[0]))]
    assert calls


def test_sql_is_made_by_its_functions_alone():
    assert [] == [place for place, call in list_calls() if isinstance(call.func, ast.Name) and call.func.id == "Sql"]


def test_no_query_is_put_together_where_it_is_asked():
    asked = {"rows", "execute", "executemany", "exec_driver_sql"}
    calls = [
        (place, call)
        for place, call in list_calls()
        if isinstance(call.func, ast.Attribute) and call.func.attr in asked and call.args
    ]
    composed = (ast.JoinedStr, ast.BinOp)

    # What Alembic's first revisions did is history: they are never run on anything but a schema they know.
    found = [place for place, call in calls if isinstance(call.args[0], composed) and "migrations" not in place]
    assert [] == found
    assert calls
