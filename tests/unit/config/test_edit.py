import tomllib

from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.config.edit import set_text_value

FILE = '# mine\n[paths]\npath = "a"\n\n[model]  # here\n# which\npath = "b"\nseed = 1\n\n[log]\nlevel = "info"\n'


def test_one_value_changes_and_comments_stay():
    changed = set_text_value(FILE, "model", "path", "c")
    assert changed == FILE.replace('"b"', '"c"')


def test_a_missing_key_or_table_is_added():
    assert tomllib.loads(set_text_value("[model]\nseed = 1\n", "model", "path", "c")) == {
        "model": {"path": "c", "seed": 1}
    }
    assert tomllib.loads(set_text_value("", "model", "path", "c")) == {"model": {"path": "c"}}


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_survives(value):
    assert tomllib.loads(set_text_value(FILE, "model", "path", value))["model"]["path"] == value
