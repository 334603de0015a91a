"""``invoicewatch review`` on a real terminal: one seller's documents together, and what an answer means for them."""

import json
import os
import sys
from datetime import date
from decimal import Decimal

import pytest

from invoicewatch.records import Alarm, AlarmCode, Asked, InvoiceLine, Source, Status
from tests.functional.terminal import Terminal

TWIN = Alarm(AlarmCode.NEAR_DUPLICATE, "looks like another scan of #1: same seller, number and total", "", 1)

HOSE = InvoiceLine("Garden hose", Decimal(1), "", None, Decimal("12.50"), None, None, Source.OCR, verified=True)


@pytest.fixture
def terminal(office):
    total = {"seller_name": "Acme Ltd", "total": Decimal("12.50"), "issue_date": None}
    asked = (Asked("issue_date", "the date of issue was not found"),)
    other = {"seller_name": "Müller AG", "total": Decimal("80.00"), "issue_date": date(2024, 3, 5)}
    waits = {"status": Status.NEEDS_REVIEW}
    office.save(
        "a.pdf", "Acme", total, **waits, asked=asked, reasons=("the date of issue was not found",), lines=(HOSE,)
    )
    office.save("b.pdf", "Müller", other, **waits, alarms=(TWIN,), reasons=(TWIN.words,))
    office.save("c.pdf", "Acme", total, **waits, asked=asked, reasons=("the date of issue was not found",))
    command = [sys.executable, "-m", "invoicewatch.cli.main", "--config", str(office.config)]
    env = {**os.environ, "TERM": "xterm", "NO_COLOR": "1"}
    terminal = Terminal([*command, "review", "--pictures", "none"], env)
    yield terminal
    terminal.close()


def answer_date(terminal, record, day):
    terminal.wait_for(lambda seen: f"invoice {record}," in seen and "quit" in seen)
    seen, terminal.seen = terminal.seen, ""
    terminal.press("e")
    terminal.wait_for(lambda seen: "issue date:" in seen)
    terminal.type(f"{day}\n")
    return seen


def statuses(office):
    return [json.loads(office.run("show", "--json", number).out)["status"] for number in ("1", "2", "3")]


def test_one_seller_s_documents_come_together_and_an_alarm_is_asked_about_as_a_whole(office, terminal):
    first = answer_date(terminal, 1, "2024-03-05")
    assert "another document of this seller waits" in first
    assert "Garden hose" in first
    assert "of this seller" not in answer_date(terminal, 3, "2024-04-05")
    terminal.wait_for(lambda seen: "invoice 2," in seen and "n: leave it in review" in seen)
    assert TWIN.words in " ".join(terminal.seen.split())
    terminal.press("n")
    terminal.wait_for(lambda seen: "3 reviewed." in seen)
    assert statuses(office) == ["accepted", "needs_review", "accepted"]


def test_the_record_says_what_it_asks(office, terminal):
    record = json.loads(office.run("show", "--json", "1").out)
    (question,) = record["questions"]
    assert (question["field"], question["value"], question["page"]) == ("issue_date", None, None)
    (alarm,) = json.loads(office.run("show", "--json", "2").out)["alarms"]
    assert alarm == {"code": "near_duplicate", "words": TWIN.words, "field": None, "record": 1}
