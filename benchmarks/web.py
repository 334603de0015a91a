"""How fast the page is over many invoices, how large, and what it takes from the daemon.

    python -m benchmarks.web --folder FOLDER [--size 1000000] [--seconds 60]
    python -m benchmarks.web --daemon --folder FOLDER [--rounds 4] [--documents 24]

Fills a database with invented invoices (``search_fill``; a filled one is used again), serves it in a process of its own
on loopback, and asks it ten times a second, at moments drawn from a Poisson process: for searches of ``search_mix`` and
for documents in equal parts. An answer's time counts from the moment when it was to be asked for, so that a slow one
delays none of those after it. Then a headless Chromium that has seen nothing opens pages: bytes as they travelled, and
the time until its scripts have run. ``--daemon`` is described in ``web_daemon``.
"""

from __future__ import annotations

import argparse
import shutil
import threading
import time
from collections import Counter
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple
from urllib.parse import urlencode

from playwright.sync_api import Browser, sync_playwright

from benchmarks.search_corpus import Corpus
from benchmarks.search_fill import fill_up
from benchmarks.search_mix import make_queries
from benchmarks.web_daemon import measure_daemon
from benchmarks.web_server import Visitor, read_pss_mb, serve_page
from invoicewatch.web.site import PLAIN_COOKIE

A_SECOND = 10.0
FIRST_PAGES = ("/search", "/figures", "/review", "/inbox", "/record/{number}")
_OPENED = 7
_SEED = 5


class Asked(NamedTuple):
    """A request: its kind, its path, and when it is sent, in seconds from the beginning."""

    kind: str
    path: str
    at_s: float


class Took(NamedTuple):
    """How long its answer took, counted from ``at_s``, and what it was."""

    asked: Asked
    seconds: float
    status: int
    sent_bytes: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True, help="where the database goes: 5 GB for a million")
    parser.add_argument("--size", type=int, default=1_000_000, help="invoices")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long it is asked")
    parser.add_argument("--daemon", action="store_true", help="measure the daemon beside a visitor instead")
    parser.add_argument("--rounds", type=int, default=4, help="of each kind, with --daemon")
    parser.add_argument("--documents", type=int, default=24, help="in each round")
    options = parser.parse_args()
    print("| measure | figure |\n| --- | ---: |")
    if options.daemon:
        measure_daemon(options.folder, options.rounds, options.documents)
    else:
        _measure_page(options.folder, options.size, options.seconds)


def _measure_page(folder: Path, size: int, seconds: float) -> None:
    corpus = Corpus()
    state = folder / "state"
    state.mkdir(parents=True, exist_ok=True)
    fill_up(state, corpus, size, 0)
    config = folder / "config.toml"
    config.write_text(f'[paths]\nstate = "{state}"\n', encoding="utf-8")
    asked = plan_requests(corpus, size, seconds)
    with serve_page(config, state) as (process, visitor):
        visitor.get("/search")
        _say_memory("web process before the first requests", process.pid)
        took = ask_in_time(visitor, asked)
        for kind in sorted({each.asked.kind for each in took}):
            _say_times(kind, size, [each for each in took if each.asked.kind == kind])
        _say_memory("web process after them", process.pid)
        _open_pages(visitor, size)
        _say_memory("web process in the end", process.pid)


def plan_requests(corpus: Corpus, size: int, seconds: float) -> list[Asked]:
    """Searches and documents by turns of a coin, at moments of a Poisson process."""
    rng = Random(_SEED)
    queries = [text for texts in make_queries(corpus, size, 20).values() for text in texts]
    asked: list[Asked] = []
    at_s = rng.expovariate(A_SECOND)
    while at_s < seconds:
        if rng.random() < 0.5:  # noqa: PLR2004 - a coin
            asked.append(Asked("search", f"/search?{urlencode({'q': rng.choice(queries)})}", at_s))
        else:
            asked.append(Asked("document", f"/record/{rng.randint(1, size)}", at_s))
        at_s += rng.expovariate(A_SECOND)
    return asked


def ask_in_time(visitor: Visitor, asked: list[Asked]) -> list[Took]:
    """Send each request at its moment, whatever became of those before it."""
    took: list[Took] = []
    begun_s = time.perf_counter()

    def ask(each: Asked) -> None:
        time.sleep(max(0.0, begun_s + each.at_s - time.perf_counter()))
        answer = visitor.get(each.path)
        took.append(Took(each, time.perf_counter() - begun_s - each.at_s, answer.status, answer.sent_bytes))

    threads = []
    for each in asked:
        time.sleep(max(0.0, begun_s + each.at_s - 0.05 - time.perf_counter()))
        threads.append(threading.Thread(target=ask, args=(each,)))
        threads[-1].start()
    for thread in threads:
        thread.join()
    return took


def _say_times(kind: str, size: int, took: list[Took]) -> None:
    seconds = sorted(each.seconds for each in took)
    p95 = seconds[int(0.95 * len(seconds))]
    states = Counter(each.status for each in took)
    largest = max(each.sent_bytes for each in took)
    name = (
        f"{kind} at {size:,}: p50, p95, worst of {len(took)} ({', '.join(f'{n} times {s}' for s, n in states.items())})"
    )
    print(f"| {name} | {1000 * median(seconds):.0f}, {1000 * p95:.0f}, {1000 * seconds[-1]:.0f} ms |")
    print(f"| {kind}: largest answer, compressed | {largest / 1000:.1f} kB |", flush=True)


def _say_memory(when: str, pid: int) -> None:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    others = sum(read_pss_mb(int(child)) for child in children)
    name = f"{when} (PSS; beside it those that open documents: {len(children)})"
    print(f"| {name} | {read_pss_mb(pid):.0f} MB ({others:.0f} MB) |")


def _open_pages(visitor: Visitor, size: int) -> None:
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for page in FIRST_PAGES:
            opened = [_open_first(browser, visitor, page.format(number=size - n)) for n in range(_OPENED)]
            sent, usable_s = max(each[0] for each in opened), median(each[1] for each in opened)
            name = f"{page} opened first: bytes as sent (status {opened[0][2]}), median time to usable"
            print(f"| {name} | {sent / 1000:.1f} kB, {usable_s:.2f} s |", flush=True)
        browser.close()


def _open_first(browser: Browser, visitor: Visitor, path: str) -> tuple[int, float, int]:
    """In a browser that has nothing of it: bytes of all that came, seconds until the page's scripts have run."""
    context = browser.new_context(base_url=f"http://127.0.0.1:{visitor.port}")
    context.add_cookies([{"name": PLAIN_COOKIE, "value": visitor.secret, "url": f"http://127.0.0.1:{visitor.port}"}])
    page = context.new_page()
    session = context.new_cdp_session(page)
    sent: list[int] = []
    session.on("Network.loadingFinished", lambda event: sent.append(int(event["encodedDataLength"])))
    session.send("Network.enable")
    response = page.goto(path, wait_until="load")
    usable_ms = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    page.wait_for_timeout(300)
    context.close()
    return sum(sent), usable_ms / 1000, response.status if response else 0


if __name__ == "__main__":
    main()
