"""The page of a document in a real browser: boxes, words, forms, and what two themes and widths show to axe."""

import re
from decimal import Decimal
from math import log

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.records import (
    Box,
    Edit,
    InvoiceLine,
    Lattice,
    Line,
    Path,
    Reading,
    Source,
    TaxByRate,
    Word,
    keep_words,
)

BOX = Box(0.1, 0.2, 0.3, 0.25)
WORDS = Line((Word("12.50", Box(0.1, 0.3, 0.2, 0.33), 90.0, "t"), Word("EUR", Box(0.22, 0.3, 0.27, 0.33), 90.0, "t")))
DOUBT = Lattice(1, 2, "eye + glass", (Path("Ltd", log(0.6)), Path("L1d", log(0.4))))
HEAD = Line((Word("Acme", BOX, 90.0, "t"), Word("Ltd", Box(0.3, 0.1, 0.4, 0.13), 60.0, "t")), (DOUBT,))
FULL = {
    "raw_text": "Acme Ltd\nT0tal 12.50",
    "enhanced_text": "Acme Ltd\nTotal 12.50",
    "edits": (Edit(1, 1, 0, 1, "T0tal", "Total", BOX, "a known word", -9.5, -2.25, "spelling"),),
    "words": (keep_words(Reading(1, (HEAD, WORDS), "t"), 0),),
    "lines": (InvoiceLine("Hose", Decimal(2), "m", Decimal(4), Decimal(8), None, None, Source.OCR, True, 1, BOX),),
    "taxes": (TaxByRate("S", Decimal(20), Decimal(10), Decimal("2.00"), Source.OCR, True, 1, BOX),),
}


@pytest.fixture
def number(office):
    return office.save(record=FULL)


def test_fields_light_their_boxes_and_boxes_lead_to_their_fields(open_page, number):
    page = open_page(f"/record/{number}", viewport={"width": 1400, "height": 800})
    page.locator("#field-total .light").click()
    expect(page.locator("rect.lit")).to_have_attribute("data-field", "total")
    page.locator("tr[data-box]").first.click()
    expect(page.locator("rect.place")).to_have_attribute("x", "0.1")
    page.locator("ins[data-edit]").click()
    expect(page.locator("#edit-0")).to_be_focused()
    page.locator(".viewer").scroll_into_view_if_needed()
    leaf = page.locator(".leaf").bounding_box()
    page.mouse.click(leaf["x"] + 0.35 * leaf["width"], leaf["y"] + 0.115 * leaf["height"])
    expect(page.locator("#field-seller_name")).to_be_focused()


def test_a_doubt_is_reached_by_keys_and_shown_on_its_page(open_page, number):
    page = open_page(f"/record/{number}", viewport={"width": 1400, "height": 500})
    mark = page.get_by_role("cell").get_by_role("link", name="Ltd", exact=True)
    expect(mark).to_have_accessible_description("or “L1d” (40%); seen by eye + glass")
    line = mark.evaluate(
        "each => getComputedStyle(each).textDecorationLine + getComputedStyle(each).textDecorationStyle"
    )
    assert line == "underlinewavy"
    page.get_by_role("group", name="The text").focus()
    page.keyboard.press("Tab")
    expect(mark).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#doubt-1-0-1")).to_be_focused()
    page.get_by_role("button", name="Show “Ltd” on its page").press("Enter")
    expect(page.locator("rect.place")).to_have_attribute("x", "0.3")
    expect(page.locator("rect.place")).to_be_in_viewport()


def test_the_pages_never_cover_the_text(open_page, number):
    page = open_page(f"/record/{number}", viewport={"width": 1400, "height": 500})
    page.locator("#text").evaluate("each => each.scrollIntoView({ block: 'end' })")
    viewer, text = (page.locator(each).bounding_box() for each in (".viewer", "#text"))
    assert viewer["y"] + viewer["height"] <= text["y"]


def test_a_phone_shows_each_line_of_the_text_once_unless_it_was_changed(open_page, number):
    page = open_page(f"/record/{number}", viewport={"width": 360, "height": 740})
    shown = [each.inner_text() for each in page.locator(".sides td").all() if each.is_visible()]
    assert shown == ["Acme Ltd", "T0tal 12.50", "Total 12.50"]


def test_words_on_the_page_are_put_into_the_field_that_is_typed(open_page, office, number):
    page = open_page(f"/record/{number}", viewport={"width": 1400, "height": 800})
    page.locator("#field-total summary").click()
    page.locator("#field-total-typed").focus()
    leaf = page.locator(".leaf").bounding_box()
    page.mouse.click(leaf["x"] + 0.15 * leaf["width"], leaf["y"] + 0.315 * leaf["height"])
    expect(page.locator("#field-total-typed")).to_have_value("12.50")
    page.keyboard.press("Enter")
    expect(page.locator("#field-total .tag.sure")).to_have_text(re.compile("^by "))
    assert read_invoice(office.state, str(number)).entries[-1].value == "12.50"


def test_it_is_read_and_changed_without_scripts(open_page, office, number):
    page = open_page(f"/record/{number}", java_script_enabled=False)
    expect(page.locator("#text")).to_contain_text("T0tal")
    page.locator("#field-total summary").click()
    page.fill("#field-total-typed", "13,00")
    page.locator("#field-total button[value=typed]").click()
    expect(page.locator("#field-total .value")).to_have_text("13.00")
    page.locator("#field-total summary").click()
    page.fill("#field-total-typed", "nothing")
    page.locator("#field-total button[value=typed]").click()
    expect(page.locator("#field-total .problem")).to_be_visible()
    page.troubles.clear()  # the browser itself says that the answer was 422


def test_the_second_browser_sees_what_the_first_did_and_keeps_what_was_typed(open_page, number):
    first, second = (open_page(f"/record/{number}", name=name) for name in ("ann", "bob"))
    for page, text in ((first, "13.00"), (second, "14.00")):
        page.locator("#field-total summary").click()
        page.fill("#field-total-typed", text)
    first.keyboard.press("Enter")
    expect(first.locator("#field-total .value")).to_have_text("13.00")
    second.keyboard.press("Enter")
    expect(second.locator("[role=alert]")).to_contain_text("ann")
    expect(second.locator("#field-total-typed")).to_have_value("14.00")
    second.troubles.clear()  # the browser itself says that the answer was 409


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (800, "dark"), (1400, "light")])
def test_nothing_is_wider_than_the_screen_and_axe_finds_nothing(open_page, office, width, scheme):
    number = office.save(record=FULL, iban="GB33BUKB20201555555555")
    open_page("/login").goto(f"/record/{number}")
    page = open_page(f"/record/{number}", "admin", viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.locator("#field-total summary").click()
    for path in ("", "/forget"):
        if path:
            page.goto(f"/record/{number}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        found = Axe().run(page).response["violations"]
        assert [] == [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]


def test_what_came_as_xml_has_its_page_without_a_viewer(open_page, office):
    number = office.save("a.xml", content=b"<Invoice/>", record={**FULL, "page_sizes": (), "words": ()})
    page = open_page(f"/record/{number}")
    expect(page.locator("#record.live")).to_be_visible()
    expect(page.locator(".viewer")).to_have_count(0)
    page.locator("#field-total dt").click()
    page.locator("tr[data-box]").first.click()
    page.locator("#field-total summary").click()
    expect(page.locator("#field-total-typed")).to_be_visible()


def test_an_erased_document_is_gone(open_page, office, number):
    page = open_page(f"/record/{number}", "admin")
    page.get_by_role("link", name="Erase").click()
    page.get_by_label("No file, the record alone.").check()
    page.get_by_role("button", name="Erase it").click()
    page.wait_for_url("**/review")
    assert page.goto(f"/record/{number}").status == 404
    page.troubles.clear()  # the browser itself says that the answer was 404
    assert (office.folder / "archive" / "scan.png").exists()
