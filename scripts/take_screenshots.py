"""Make the README's pictures of the page anew: invoices that never existed, read for real, in a headless Chromium.

Usage: python -m scripts.take_screenshots [--count N] [--seed S] [--out FOLDER]     (it takes a minute)
"""

import argparse
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from invoicewatch.answers.runs.process import process_files
from invoicewatch.config import Config, load_config
from invoicewatch.web.app import make_app
from invoicewatch.web.people.accounts import add_person, find_person, list_people
from invoicewatch.web.people.rights import Right
from invoicewatch.web.people.sessions import begin_session
from invoicewatch.web.serve import open_site
from invoicewatch.web.site import Site

ROOT = Path(__file__).resolve().parents[1]
PERSON = "Kim"
SETTLE_MS = 1500.0  # pictures of pages come in after the page; the inbox never stops listening
# name of the picture, page, width and height of the window, colours
SHOTS = (
    ("review-light", "/review", (1280, 800), "light"),
    ("document-dark", "/record/3", (1280, 800), "dark"),
    ("search-light", "/search?q=status:accepted", (1280, 620), "light"),
    ("inbox-phone", "/inbox", (390, 760), "light"),
)


def main() -> None:
    """Take the pictures; exits with 1 where there is no demonstration or no Chromium."""
    parser = argparse.ArgumentParser(description="Make the README's pictures of the page anew.")
    parser.add_argument("--count", type=int, default=30, help="how many samples are read before")
    parser.add_argument("--seed", type=int, default=5000, help="other samples with another seed")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures", help="where to write")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("It needs Chromium.")
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        config = read_samples(Path(folder), options.count, options.seed)
        with running_page(config) as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for name, path, size, scheme in SHOTS:
                take(browser, site, path, size, scheme, options.out / f"{name}.png")
            browser.close()


def read_samples(folder: Path, count: int, seed: int) -> Config:
    """The settings of a state folder in which samples of many layouts are recorded."""
    file = folder / "config.toml"
    model = ROOT / "models" / "SmolLM2-135M-Instruct.Q4_1.gguf"
    file.write_text(f'[paths]\ninboxes = ["inbox"]\n\n[model]\npath = "{model}"\n', encoding="utf-8")
    make = ["--count", str(count), "--seed", str(seed), "--layouts", "free", "--grade", "1", str(folder / "samples")]
    subprocess.run([sys.executable, "-m", "invoicewatch.samples", *make], check=True, stdout=subprocess.DEVNULL)
    config = load_config(file).config
    for _ in process_files(config, sorted((folder / "samples").glob("0*"))):
        pass
    return config


@contextmanager
def running_page(config: Config) -> Iterator[Site]:
    """The page on a port of this machine that nobody uses, while the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])
    site = open_site(msgspec.structs.replace(config, web=msgspec.structs.replace(config.web, port=port)))
    server = uvicorn.Server(uvicorn.Config(make_app(site), port=port, log_config=None))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield site
    finally:
        server.should_exit = True
        thread.join()
        site.painter.close()


def take(browser: Browser, site: Site, path: str, size: tuple[int, int], scheme: str, out: Path) -> None:
    """One picture, by somebody who may do everything."""
    known = {person.name for person in list_people(site.people)}
    person = find_person(site.people, PERSON) if PERSON in known else add_person(site.people, PERSON, Right.ADMIN, 0.0)
    width, height = size
    context = browser.new_context(
        base_url=site.origins[0],
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    secret = begin_session(site.people, person, time.time())
    context.add_cookies([{"name": site.cookie, "value": secret, "url": site.origins[0]}])
    page = context.new_page()
    page.goto(path, wait_until="load")
    page.wait_for_timeout(SETTLE_MS)
    page.screenshot(path=out)
    context.close()
    print(f"wrote {out.relative_to(ROOT) if out.is_relative_to(ROOT) else out}")


if __name__ == "__main__":
    main()
