"""People and the log in a real browser: a link is copied, nothing overflows, axe finds nothing."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from invoicewatch.answers.records.set import enter, make_entries
from invoicewatch.web.people.accounts import add_person, disable_person
from invoicewatch.web.people.rights import Right
from invoicewatch.web.people.tokens import Scope, add_token
from tests.web_office import ARRIVED

LONG = "Maximiliane-Friederike von und zu Hohenstein-Lichtenberg"


@pytest.fixture
def busy(office):
    people = office.site.people
    anna = add_person(people, LONG, Right.EDITOR, office.now)
    disable_person(people, add_person(people, "tom", Right.READER, office.now).name, disabled=True)
    add_token(people, "till", anna, list(Scope), office.now, valid_s=9e6)
    number = office.save()
    enter(office.state, number, make_entries([("seller_name", "x" * 200)]), who=LONG, when=ARRIVED)
    return office


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_overflows_at_any_width(busy, open_page, scheme):
    page = open_page("/people", Right.ADMIN, color_scheme=scheme, viewport={"width": 360, "height": 740})
    for path in ("/people", "/log", "/log?who=nobody"):
        page.goto(path)
        for width in (360, 800, 1400):
            page.set_viewport_size({"width": width, "height": 740})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page).response["violations"]
        assert [] == [(each["id"], each["nodes"][0]["html"]) for each in found]


def test_somebody_is_let_in_by_keys_and_the_link_is_copied(busy, open_page):
    page = open_page("/people", Right.ADMIN, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_label("Name", exact=True).fill("Eva")
    page.get_by_label("May do", exact=True).select_option("reader")
    page.get_by_label("Name", exact=True).press("Enter")
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert page.locator("#link").input_value() == link
    assert Axe().run(page).response["violations"] == []
    page.reload()
    assert not page.locator("#link").count()
    page.goto(link)
    assert page.get_by_label("Choose a password").is_visible()


def test_a_right_is_changed_with_and_without_scripts(busy, open_page):
    for number, has_script in enumerate((True, False)):
        page = open_page("/people", Right.ADMIN, java_script_enabled=has_script)
        row = page.get_by_role("listitem").filter(has_text=LONG).first
        button = row.get_by_role("button", name="Change")
        assert button.is_visible() is not has_script
        row.get_by_role("combobox").select_option(("reader", "admin")[number])
        button.click()
        page.wait_for_load_state()
        assert ("reader", "admin")[number] == row.get_by_role("combobox").input_value()
