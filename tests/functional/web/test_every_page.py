"""What holds of every page, in both colours: axe finds nothing, and nothing is wider than a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from invoicewatch.records import Status

PAGES = (
    "/me",
    "/people",
    "/log",
    "/inbox",
    "/search",
    "/search?q=acme+total:>1",
    "/search?q=total:nothing",
    "/figures",
    "/record/1",
    "/record/1/forget",
    "/review/2",
    "/no-such-page",
)


@pytest.fixture
def records(office):
    office.save("one.png", status=Status.ACCEPTED)
    office.save("two.png", invoice_number="INV-2")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_for_everyone(records, open_page, scheme):
    page = open_page("/", right="admin", color_scheme=scheme, viewport={"width": 360, "height": 740})
    found = {}
    for path in PAGES:
        page.goto(path)
        violations = [each["id"] for each in Axe().run(page).response["violations"]]
        width = page.evaluate("document.documentElement.scrollWidth")
        if violations or width > 360:
            found[path] = (violations, width)
    page.troubles.clear()  # a page that is not there is an error to the console
    assert {} == found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_so_is_the_login(open_page, scheme):
    page = open_page("/login", right=None, color_scheme=scheme, viewport={"width": 360, "height": 740})
    assert [] == Axe().run(page).response["violations"]
