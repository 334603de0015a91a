"""Documents are opened in processes that may die."""

import threading
import time
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image

from invoicewatch.errors import DocumentError, TransientError
from invoicewatch.web.paper import painter as painting
from tests.web_office import draw_scan


def ask(office, content, page=1, **more):
    path = office.folder / "archive" / "a.png"
    path.write_bytes(content)
    arguments = {"path": str(path), "sha256": sha256(content).hexdigest(), "page": page, "width": 400, "turns": 0}
    return office.site.painter.ask("draw_page", **(arguments | more))


@pytest.mark.parametrize(
    "content", [b"no picture", b"", b"%PDF-1.7 and nothing else", b"\x89PNG\r\n\x1a\n" + b"\0" * 99]
)
def test_what_is_no_document_says_so_and_the_next_one_is_drawn(office, content):
    with pytest.raises(DocumentError):
        ask(office, content)
    assert ask(office, draw_scan("b"))[:4] == b"RIFF"


def test_a_page_is_turned(office):
    upright, lying = (Image.open(BytesIO(ask(office, draw_scan("b"), turns=turns))).size for turns in (0, 1))
    assert upright == lying[::-1]


def test_a_process_that_dies_costs_one_request(office):
    content = draw_scan("b")
    assert ask(office, content)
    process = office.site.painter._free.queue[-1]
    process._process.kill()
    with pytest.raises(DocumentError, match="ended the process"):
        ask(office, content, width=1000)
    assert ask(office, content, width=1000)


def test_one_that_takes_too_long_is_ended(office, monkeypatch):
    monkeypatch.setattr(painting, "TIME_LIMIT_S", 0.0)
    with pytest.raises(TransientError):
        ask(office, draw_scan("b"))


def test_whoever_waits_too_long_for_a_process_is_told(office, monkeypatch):
    painter = office.site.painter
    taken = [painter._free.get() for _ in range(2)]
    monkeypatch.setattr(painting, "TIME_LIMIT_S", 0.05)
    with pytest.raises(TransientError, match="too many"):
        ask(office, draw_scan("b"))
    for process in taken:
        painter._free.put(process)


def test_only_so_many_wait_for_a_process_and_hold_the_page_up(office, monkeypatch):
    painter, waiting = office.site.painter, []
    taken = [painter._free.get() for _ in range(2)]
    monkeypatch.setattr(painter, "_asking", threading.BoundedSemaphore(2))
    for width in (401, 402):
        waiting.append(threading.Thread(target=ask, args=(office, draw_scan("b")), kwargs={"width": width}))
        waiting[-1].start()
    while painter._asking._value:
        time.sleep(0.01)
    began_s = time.monotonic()
    with pytest.raises(TransientError, match="too many"):
        ask(office, draw_scan("b"))
    assert time.monotonic() - began_s < 10
    for process in taken:
        painter._free.put(process)
    for thread in waiting:
        thread.join()
    assert b"RIFF" == ask(office, draw_scan("b"))[:4]


def test_what_was_drawn_is_kept_up_to_a_limit():
    kept = painting._Kept(10)
    kept.put(b"a", b"12345")
    kept.put(b"b", b"12345")
    assert b"12345" == kept.get(b"a")
    kept.put(b"c", b"123")
    assert (b"12345", None, b"123") == (kept.get(b"a"), kept.get(b"b"), kept.get(b"c"))


def test_nothing_is_kept_of_what_was_erased_while_it_was_drawn(office, monkeypatch):
    painter, drawn = office.site.painter, []

    def draw(request):
        painter.forget()
        drawn.append(request)
        return b"page"

    monkeypatch.setattr(painter, "_ask", draw)
    assert b"page" == painter.ask("draw_page") == painter.ask("draw_page")
    assert 2 == len(drawn)


def test_many_ask_at_once(office):
    content, made = draw_scan("b"), []
    threads = [
        threading.Thread(target=lambda width=width: made.append(ask(office, content, width=width)))
        for width in range(200, 206)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 6 == len(made)
