"""Nothing that comes from outside becomes a part of a page."""

import html
import re

import pytest

from invoicewatch.web.pages.shown import TEMPLATES

EVIL = "<b onclick=x>%(num)d 100% {{ 7 * 7 }}</b>"


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.stem)
def test_only_what_is_written_in_a_template_is_translated_as_safe(path):
    """Jinja takes what ``gettext`` is given for safe; for other texts there is ``say``."""
    text = path.read_text(encoding="utf-8")
    assert [] == re.findall(r"\b(?:_|n?gettext)\((?![\"'])[^)]*\)", text)
    assert [] == re.findall(r"\|\s*safe\b|autoescape", text)


def test_what_a_refusal_quotes_is_text(office):
    answer = office.visit().get(f"/record/{EVIL}")
    assert answer.status_code in {404, 422}
    answer = office.visit().post("/people/disable", data={"name": EVIL})
    assert 422 == answer.status_code
    assert html.escape(EVIL) in answer.text
