"""The review in a real browser: by keys alone, by two people, through an ended session, and without scripts."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.answers.records.set import enter
from invoicewatch.answers.review.waiting import list_waiting
from invoicewatch.records import Status
from invoicewatch.store.database.writer import open_database
from invoicewatch.store.records.entries import Entry
from invoicewatch.store.tables.looks import JudgeAgainRow
from invoicewatch.web.people.accounts import add_person, set_password
from invoicewatch.web.people.rights import Right
from invoicewatch.web.people.sessions import begin_session
from tests.web_office import ARRIVED

PASSWORD = "a long enough password"
WIDE = {"width": 1400, "height": 800}


def find_value(office, number, name="total"):
    field = read_invoice(office.state, str(number)).invoice.fields[name]
    return field.value if field else None


def find_status(office, number):
    return read_invoice(office.state, str(number)).invoice.status


def expect_document(page, number):
    expect(page.locator(f'#review.live[data-number="{number}"]')).to_be_visible()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_twenty_documents_by_keys_alone(open_page, office):
    numbers = [office.save(f"{n}.png", seller_name=f"Seller {n}") for n in range(20)]
    page = open_page("/", viewport=WIDE)
    asked_for = []
    page.on("request", lambda sent: asked_for.append(sent.url))
    for place, number in enumerate(numbers):
        expect_document(page, number)
        expect(page.locator(".active")).to_have_attribute("data-name", "total")
        if place == 3:
            press(page, "1")
        elif place == 4:
            press(page, "F2", *"12,5", "Enter")
        else:
            press(page, "Enter")
        expect(page.locator(".active")).to_have_attribute("data-name", "issue_date")
        press(page, "n" if place == 5 else "Enter")
    expect(page.get_by_role("heading", name="Nothing waits")).to_be_focused()
    check(page)
    assert [] == list_waiting(office.state)
    assert (Decimal("72.50"), Decimal("12.5")) == tuple(find_value(office, numbers[place]) for place in (3, 4))
    assert find_value(office, numbers[5], "issue_date") is None
    assert [1] * 18 == [sum(f"/review/{number}?" in url for url in asked_for) for number in numbers[2:]], (
        "fetched ahead"
    )


def test_what_was_typed_is_understood_and_echoed(open_page, office):
    office.save()
    page = open_page("/review", viewport=WIDE, locale="en-GB")
    press(page, "F2", *"12,5")
    expect(page.locator(".active .echo")).to_have_text("understood as 12.50")
    press(page, "Escape", "ArrowDown", "F2", *"3.4.25")
    expect(page.locator(".active .echo")).to_have_text("understood as 3 April 2025")
    press(page, "x")
    expect(page.locator(".active .echo")).to_contain_text("could be read in two ways")
    press(page, "Enter")
    expect(page.locator(".active input[name=typed]")).to_be_focused()
    expect(page.locator(".active input[name=typed]")).to_have_value("3.4.25x")
    assert date(2024, 3, 5) == find_value(office, 1, "issue_date")


def test_undo_reaches_back_over_documents_and_later_comes_last(open_page, office):
    first, second, third = (office.save(f"{n}.png", seller_name=f"Seller {n}") for n in range(3))
    page = open_page("/review", viewport=WIDE)
    press(page, "s")
    expect_document(page, second)
    press(page, "Enter", "Enter")
    expect_document(page, third)
    expect(page.locator("#said")).to_contain_text("Issue date")
    assert Status.ACCEPTED is find_status(office, second)
    press(page, "z")
    expect_document(page, second)
    assert Status.NEEDS_REVIEW is find_status(office, second)
    press(page, "z")
    expect(page.locator(".active")).to_have_attribute("data-name", "total")
    press(page, "Enter", "Enter")
    expect_document(page, third)
    press(page, "Enter", "Enter")
    expect_document(page, first)
    page.go_back()
    expect_document(page, third)


def test_two_people_on_one_document_see_what_the_other_did(open_page, office):
    number = office.save()
    anna = open_page(f"/review/{number}", name="Anna", viewport=WIDE)
    bo = open_page(f"/review/{number}", name="Bo", viewport=WIDE)
    press(anna, "F2", *"40.00", "Enter")
    expect(anna.locator("#said")).to_contain_text("40.00")
    press(bo, "F2", *"72.50", "Enter")
    notice = bo.locator(".desk .notice[role=alert]")
    expect(notice).to_contain_text("Anna, Total: 12.50 → 40.00")
    expect(bo.locator("#q-total-typed")).to_have_value("72.50")
    assert Decimal("40.00") == find_value(office, number)
    press(bo, "Enter")
    expect(bo.locator("#said")).to_contain_text("72.50")
    assert Decimal("72.50") == find_value(office, number)
    bo.troubles.remove(next(said for said in bo.troubles if "409" in said))


def test_whoever_has_gone_on_is_told_what_was_not_kept(open_page, office):
    first, second = (office.save(f"{n}.png", seller_name=f"Seller {n}") for n in range(2))
    page = open_page("/review", viewport=WIDE)
    press(page, "Enter")
    expect(page.locator("#said")).to_contain_text("Total")
    enter(office.state, first, {"iban": Entry("DE00")}, who="Anna", when=datetime.now(UTC))
    press(page, "Enter")
    expect_document(page, second)
    expect(page.get_by_role("alert")).to_contain_text(f"document {first} was not kept: record {first} was changed")
    page.get_by_role("button", name="Look at it").click()
    expect_document(page, first)
    expect(page.locator(".desk .notice[role=alert]")).to_contain_text("→ DE00")
    press(page, "Enter")
    expect_document(page, second)
    expect(page.locator("#said")).to_contain_text("Issue date")
    assert Status.ACCEPTED is find_status(office, first)
    page.troubles.remove(next(said for said in page.troubles if "409" in said))


def test_what_an_answer_settles_elsewhere_is_said(open_page, office):
    first, second = (office.save(f"{n}.png") for n in range(2))
    database = open_database(office.state)
    with database.begin() as session:
        session.add(JudgeAgainRow(invoice_id=second, since=ARRIVED))
    database.close()
    page = open_page("/login", viewport=WIDE)
    told = {"settled": [second], "working": False, "waiting": 1}
    page.route(f"**/review/settled?of={second}", lambda route: route.fulfill(json=told))
    page.goto(f"/review/{first}")
    press(page, "Enter")
    expect(page.locator("#said")).to_have_text("Also settled: 1 document of this seller")
    expect(page.locator(".waiting")).to_have_text("1 waits")


def test_a_session_that_ends_while_typing_loses_nothing(open_page, office, server):
    number = office.save()
    person = add_person(office.site.people, "Anna", Right.EDITOR, office.now)
    set_password(office.site.people, person, PASSWORD)
    page = open_page("/login", right=None, viewport=WIDE)
    secret = begin_session(office.site.people, person, office.now)
    page.context.add_cookies([{"name": office.site.cookie, "value": secret, "url": office.site.origins[0]}])
    page.goto(f"/review/{number}")
    press(page, "F2", *"12,")
    office.now += office.site.idle_s + 1
    press(page, *"75", "Enter")
    dialog = page.get_by_role("dialog", name="Your session has ended")
    for word in ("wrong password", PASSWORD):
        dialog.get_by_label("Password").fill(word)
        press(page, "Enter")
        if word != PASSWORD:
            expect(dialog.get_by_role("alert")).to_contain_text("do not belong together")
    expect(dialog).to_be_hidden()
    expect(page.locator("#said")).to_contain_text("12.75")
    assert Decimal("12.75") == find_value(office, number)
    assert ["Anna"] == [entry.who for entry in read_invoice(office.state, str(number)).entries]
    page.troubles[:] = [said for said in page.troubles if "401" not in said and "403" not in said]


def test_a_server_that_is_away_gets_the_answer_when_it_is_back(open_page, office):
    number = office.save()
    page = open_page(f"/review/{number}", viewport=WIDE)
    page.context.set_offline(True)
    press(page, "1")
    expect(page.locator("#away")).to_contain_text("is kept")
    page.context.set_offline(False)
    expect(page.locator("#away")).to_be_hidden()
    expect(page.locator("#said")).to_contain_text("72.50")
    assert Decimal("72.50") == find_value(office, number)
    page.troubles[:] = [said for said in page.troubles if "ERR_INTERNET_DISCONNECTED" not in said]


def test_single_keys_can_be_switched_off(open_page, office):
    number = office.save()
    page = open_page("/me", viewport=WIDE)
    page.get_by_label("Single keys act").uncheck()
    page.get_by_role("button", name="Save").click()
    page.goto(f"/review/{number}")
    expect(page.get_by_role("button", name="12.50 is right")).to_be_focused()
    press(page, "1", "n", "z", "s")
    press(page, "Tab", "Tab", "Tab", *"9", "Escape", "ArrowDown")
    expect(page.locator(".active")).to_have_attribute("data-name", "issue_date")
    assert [] == list(read_invoice(office.state, str(number)).entries)
    press(page, "ArrowUp", "Enter")
    expect(page.locator("#said")).to_contain_text("12.50")


def test_without_scripts_forms_do_the_same(open_page, office):
    first, second = (office.save(f"{n}.png", seller_name=f"Seller {n}") for n in range(2))
    page = open_page("/review", java_script_enabled=False)
    page.get_by_role("button", name="Later").click()
    assert f"/review/{second}?later={first}" in page.url
    page.get_by_label("Total, typed").fill("12,x")
    page.get_by_role("button", name="Take it").first.click()
    expect(page.get_by_label("Total, typed")).to_have_value("12,x")
    expect(page.get_by_text("is no amount")).to_be_visible()
    page.get_by_role("button", name="72.50").click()
    page.locator("#q-issue_date").get_by_role("button", name="is right").click()
    assert f"/review/{first}?" in page.url
    assert Status.ACCEPTED is find_status(office, second)
    page.locator("#q-total").get_by_role("button", name="is right").click()
    page.locator("#q-issue_date").get_by_role("button", name="There is none").click()
    expect(page.get_by_text("Every document is settled")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    assert page.url.endswith(f"/review/{first}")
    assert Status.NEEDS_REVIEW is find_status(office, first)
    page.troubles.clear()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_page, office, theme):
    office.save("one.png", seller_name=None, total=None)
    page = open_page("/review", color_scheme=theme, viewport=WIDE)
    expect(page.locator(".review.live")).to_be_visible()
    press(page, "F2", "x")
    expect(page.locator(".echo.bad")).to_be_visible()
    check(page)
    press(page, "Escape", "?")
    check(page)
    page.goto("/me")
    check(page)


def check(page):
    found = Axe().run(page).response["violations"]
    assert [] == [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in {"serious", "critical"}]
