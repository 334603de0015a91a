"""Search and figures in a browser: results while typing, a way by keys alone, nothing for axe to say."""

from datetime import date
from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect


@pytest.fixture
def records(office):
    office.save("a.png", total=Decimal(100), due_date=date(2024, 3, 20))
    office.save("b.png", seller_name="Bolt", total=Decimal(23), issue_date=date(2024, 1, 5))


def list_problems(page):
    return [found["id"] for found in Axe().run(page).response["violations"]]


def test_results_come_while_one_types_and_keys_lead_through_them(records, open_page):
    page = open_page("/search")
    page.keyboard.press("/")
    page.keyboard.type("bolt")
    expect(page.locator(".hits tbody tr")).to_have_count(1)
    expect(page.locator("#count")).to_have_text("1 document")
    expect(page).to_have_url("/search?q=bolt")
    page.locator("#q").fill("total:>1")
    expect(page.locator(".chip")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Acme Ltd")).to_be_focused()
    page.keyboard.press("k")
    page.route("**/record/2", lambda route: route.fulfill(body="the record"))
    page.keyboard.press("Enter")
    expect(page).to_have_url("/record/2")


def test_a_wrong_filter_is_told_while_one_types_and_mended(records, open_page):
    page = open_page("/search")
    page.locator("#q").fill("total:>x")
    expect(page.locator("#problem")).to_contain_text("total:>x cannot be understood.")
    page.locator("#q").fill("total:>50")
    expect(page.locator("#problem")).to_be_empty()
    expect(page.locator(".hits tbody tr")).to_have_count(1)


def test_without_scripts_the_same_is_found_and_narrowed_down(records, open_page):
    page = open_page("/search", java_script_enabled=False)
    page.locator("#q").fill("bolt")
    page.locator("#q").press("Enter")
    expect(page.locator(".hits tbody tr")).to_have_count(1)
    page.locator(".adder summary").click()
    page.get_by_label("Status").select_option("accepted")
    page.get_by_role("button", name="Add").click()
    expect(page.locator("#count")).to_have_text("Nothing was found.")
    expect(page).to_have_url("/search?q=bolt+status%3Aaccepted")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(records, open_page, scheme):
    page = open_page("/search?q=acme+date:2024", color_scheme=scheme)
    assert [] == list_problems(page)
    page.locator(".adder summary").click()
    assert [] == list_problems(page)
    page.set_viewport_size({"width": 360, "height": 740})
    assert [] == list_problems(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto("/figures")
    assert [] == list_problems(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
