"""Pages of a document in a real browser: boxes over them, zoom, turns, and the words that are pointed at."""

import json

import pytest
from playwright.sync_api import expect

WORDS = {
    "turns": 0,
    "words": [[0.1, 0.3, 0.2, 0.33, "12.50"], [0.21, 0.3, 0.3, 0.33, "EUR"], [0.1, 0.6, 0.2, 0.63, "below"]],
}


@pytest.fixture
def page(open_page, office):
    number = office.save()
    page = open_page("/login", viewport={"width": 1400, "height": 800})
    page.route("**/words", lambda route: route.fulfill(body=json.dumps(WORDS), content_type="application/json"))
    page.goto(f"/review/{number}")
    expect(page.locator(".review.live")).to_be_visible()
    page.picture = f"{office.site.origins[0]}/record/{number}/page/1"
    return page


def find_centre(page, selector) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def point(page, x, y) -> tuple[float, float]:
    """The point of the window over a point of the page."""
    box = page.locator(".leaf").bounding_box()
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def test_the_box_of_the_question_is_lit_in_sight_and_where_the_field_stands(page):
    assert ["total"] == page.locator("rect.lit").evaluate_all("all => all.map(one => one.dataset.field)")
    x, y = find_centre(page, "rect.lit")
    assert pytest.approx((x, y), abs=2) == point(page, 0.25, 0.315)
    room = page.locator(".viewer-scroll").bounding_box()
    assert room["y"] < y < room["y"] + room["height"]


def test_a_click_and_a_drag_give_the_words_to_the_field(page):
    page.mouse.click(*point(page, 0.15, 0.31))
    expect(page.locator("input:focus")).to_have_value("12.50")
    page.mouse.move(*point(page, 0.09, 0.29))
    page.mouse.down()
    page.mouse.move(*point(page, 0.4, 0.35), steps=4)
    page.mouse.up()
    expect(page.locator("input:focus")).to_have_value("12.50")
    assert 2 == page.locator("rect.taken").count()


def test_a_turned_page_keeps_its_boxes_and_words_where_they_stand(page):
    page.get_by_role("button", name="Turn").click()
    x, y = find_centre(page, "rect.lit")
    assert pytest.approx((x, y), abs=2) == point(page, 1 - 0.315, 0.25)
    page.mouse.click(*point(page, 1 - 0.31, 0.25))
    expect(page.locator("input:focus")).to_have_value("EUR")


def test_zoom_keeps_the_place_and_asks_for_a_finer_picture(page):
    width = page.locator(".leaf").bounding_box()["width"]
    page.keyboard.press("+")
    page.keyboard.press("+")
    expect(page.locator(".viewer-zoom")).to_have_text("150 %")
    assert pytest.approx(1.5 * width, abs=2) == page.locator(".leaf").bounding_box()["width"]
    expect(page.locator(".leaf img")).to_have_js_property("currentSrc", f"{page.picture}?width=1500")
    page.mouse.move(*point(page, 0.2, 0.31))
    page.keyboard.down("Control")
    page.mouse.wheel(0, 200)
    page.keyboard.up("Control")
    expect(page.locator(".viewer-zoom")).not_to_have_text("150 %")
    page.keyboard.press("0")
    expect(page.locator(".viewer-zoom")).to_have_text("100 %")


def test_the_middle_button_pans(page):
    for _ in range(4):
        page.keyboard.press("+")
    before = page.locator(".leaf").bounding_box()
    page.mouse.move(300, 400)
    page.mouse.down(button="middle")
    page.mouse.move(260, 350, steps=3)
    page.mouse.up(button="middle")
    after = page.locator(".leaf").bounding_box()
    assert pytest.approx((-40, -50), abs=2) == (after["x"] - before["x"], after["y"] - before["y"])
