"""A real browser, headless, before a page that is served on this machine."""

import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.web_office import Server, WebOffice, find_port


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is not installed; scripts/install-system-packages --tests brings it"
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def office(tmp_path):
    office = WebOffice(tmp_path, find_port())
    yield office
    office.close()


@pytest.fixture
def server(office):
    server = Server(office.site)
    yield server
    server.close()


@pytest.fixture
def open_page(chromium, office, server):
    """Opens a page as somebody who is in; a message on the page's console, or a script that fails, fails the test."""
    contexts, troubles = [], []

    def open_one(path="/", right="editor", name=None, **context):
        made = chromium.new_context(base_url=office.site.origins[0], **context)
        contexts.append(made)
        if right:
            secret = office.log_in(right, name)
            made.add_cookies([{"name": office.site.cookie, "value": secret, "url": office.site.origins[0]}])
        page = made.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        page.troubles = troubles
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert troubles == []
