"""The order of the road, its one bounded loop, and what the record says of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pytest
from numpy.typing import NDArray

from invoicewatch.pipeline import Evidence, Fields, ReadPage, process
from invoicewatch.pipeline.verdict import AGAIN, judge_again
from invoicewatch.records import (
    DRAWN,
    Alarm,
    AlarmCode,
    Asked,
    Attachment,
    Box,
    Code,
    Correction,
    Document,
    Doubt,
    Doubts,
    Enclosed,
    Field,
    InvoiceLine,
    Itemised,
    Line,
    Memory,
    Page,
    PageSize,
    PageSource,
    Part,
    Reading,
    Refusal,
    Signature,
    Sketch,
    Source,
    Status,
    TakenFor,
    TaxByRate,
    Validation,
    Word,
)

TODAY = date(2026, 1, 1)
LINE = InvoiceLine("Paper", Decimal(1), "", None, Decimal("1.00"), None, None, Source.OCR, verified=False)
TAX = TaxByRate("", Decimal(20), Decimal("1.00"), Decimal("0.20"), Source.OCR, verified=False)
DOCUMENT = Document("inbox/a.png", b"bytes", "0" * 64, "image/png", datetime(2026, 1, 1, tzinfo=UTC))


def reading(number: int, text: str) -> Reading:
    return Reading(number, (Line((Word(text, Box(0, 0, 1, 1), 90, "plain"),)),), "plain 1")


@dataclass
class TwoPages:
    """A source of two pages that remembers whether it was closed."""

    sizes: tuple[PageSize, ...] = (PageSize(100, 200, 72), PageSize(100, 200, 72))
    notes: tuple[str, ...] = ("pages 3 to 9 left out",)
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    closed: bool = False
    attached: tuple[Attachment, ...] = ()
    enclosed: tuple[Enclosed, ...] = ()
    signature: Signature | None = None

    def read_text_layer(self, number: int) -> Reading | None:
        return None

    def find_odd_words(self, number: int) -> tuple[Word, ...]:
        return ()

    def load(self, number: int) -> Page:
        raise AssertionError(number)

    def view(self, number: int, max_width: int) -> NDArray[np.uint8]:
        raise AssertionError(number)

    def draw_codes(self, number: int) -> Page | None:
        return None

    def close(self) -> None:
        self.closed = True


@dataclass
class CountingTools:
    """Tools that note which were used; page 2 is in doubt until it was read again."""

    pages: TwoPages = field(default_factory=TwoPages)
    page_threads: int = 2
    parts: tuple[Part, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    drawn: bool = False
    verdict: Status = Status.NEEDS_REVIEW
    again: list[int] = field(default_factory=list)
    extracted: list[str] = field(default_factory=list)
    changes: tuple[str, ...] = ()
    itemised: list[str] = field(default_factory=list)

    def open_pages(self, document: Document) -> TwoPages:
        return self.pages

    def read_page(self, pages: PageSource, number: int) -> ReadPage:
        return ReadPage(reading(number, f"page{number}"), pages.sizes[number - 1])

    def split(self, read: tuple[ReadPage, ...], pages: PageSource) -> tuple[Part, ...]:
        return self.parts

    def find_doubts(self, fields: Fields, readings: tuple[Reading, ...]) -> Doubts:
        return Doubts((Doubt(2, None, "total", "missing"),))

    def read_again(self, pages: PageSource, page: ReadPage, doubts: Doubts) -> ReadPage:
        self.again.append(page.reading.page)
        return ReadPage(reading(page.reading.page, "better"), page.size)

    def correct(self, readings: tuple[Reading, ...], memory: Memory, refused: tuple[Refusal, ...]) -> Correction:
        return Correction(readings, notes=("no model",))

    def find_fields(self, evidence: Evidence, memory: Memory, today: date) -> Fields:
        text = "|".join(each.text for each in evidence.readings)
        self.extracted.append(text)
        return {"total": Field("total", Decimal("1.00"), 0.5, False, 1, None, Source.OCR, "test", text)}

    def compare_look(
        self, fields: Fields, readings: tuple[Reading, ...], memory: Memory, today: date
    ) -> tuple[Sketch | None, tuple[str, ...]]:
        return Sketch(marks=("name:test",)), self.changes

    def name_einvoice(self, attachments: Mapping[str, bytes]) -> str | None:
        return next(iter(attachments), None)

    def is_drawn(self, sha256: str, part: int) -> bool:
        return self.drawn

    def judge(self, fields: Fields, evidence: Evidence, today: date) -> tuple[Status, tuple[str, ...]]:
        return self.verdict, ("total is unverified",) if self.verdict is Status.NEEDS_REVIEW else ()

    def is_proved(self, fields: Fields) -> bool:
        return all(field is not None and field.verified for field in fields.values())

    def judge_codes(self, codes: tuple[Code, ...], fields: Fields) -> tuple[tuple[Code, ...], tuple[str, ...]]:
        return codes, ()

    def find_alarms(self, fields: Fields, readings: tuple[Reading, ...]) -> tuple[Alarm, ...]:
        return self.alarms

    def find_asked(
        self, fields: Fields, reasons: tuple[str, ...], codes: tuple[Code, ...], today: date
    ) -> tuple[Asked, ...]:
        return tuple(Asked("total", reason) for reason in reasons)

    def validate(self, evidence: Evidence) -> Validation | None:
        return None

    def find_items(self, fields: Fields, evidence: Evidence) -> Itemised:
        self.itemised.append("|".join(each.text for each in evidence.readings))
        return Itemised((LINE,), (TAX,))

    def versions(self) -> Mapping[str, str]:
        return {"invoicewatch": "test"}


def test_only_the_doubtful_page_is_read_again_and_only_once() -> None:
    tools = CountingTools()
    (invoice,) = process(DOCUMENT, tools, Memory(), TODAY)

    assert tools.again == [2]
    assert invoice.raw_text == "page1\fbetter"
    assert tools.extracted == ["page1|page2", "page1|better"]


def test_lines_and_taxes_are_looked_for_once_in_the_final_text() -> None:
    tools = CountingTools()
    (invoice,) = process(DOCUMENT, tools, Memory(), TODAY)

    assert tools.itemised == ["page1|better"]
    assert ((LINE,), (TAX,)) == (invoice.lines, invoice.taxes)


def test_the_record_names_what_was_left_out_and_why_it_needs_review() -> None:
    (invoice,) = process(DOCUMENT, CountingTools(), Memory(version=3), TODAY)

    assert invoice.notes == ("pages 3 to 9 left out", "no model")
    assert invoice.reasons == ("total is unverified",)
    assert invoice.enhanced_text is None
    assert invoice.versions == {"invoicewatch": "test", "memory": "3"}


def test_stages_are_announced_in_order_and_the_source_is_closed() -> None:
    tools, stages = CountingTools(), list[str]()
    process(DOCUMENT, tools, Memory(), TODAY, enter=stages.append)

    assert stages == ["load", "ocr", "extract", "ocr", "correct", "extract"]
    assert tools.pages.closed


def test_a_page_that_nobody_can_read_sends_the_document_to_review_and_says_why() -> None:
    class HalfBlindTools(CountingTools):
        def read_page(self, pages: PageSource, number: int) -> ReadPage:
            read = super().read_page(pages, number)
            return replace(read, unreadable=f"page {number} is in Thai") if number == 1 else read

    (invoice,) = process(DOCUMENT, HalfBlindTools(), Memory(), TODAY)

    assert invoice.reasons == ("page 1 is in Thai", "total is unverified")
    assert invoice.readings == (), "no answer lets a page be read, so it is not judged again"


def test_each_document_of_a_portfolio_is_read_with_its_own_files_and_none_sends_the_others_to_review() -> None:
    class SureTools(CountingTools):
        def find_fields(self, evidence: Evidence, memory: Memory, today: date) -> Fields:
            self.extracted.append(", ".join(evidence.attachments))
            return super().find_fields(evidence, memory, today)

        def find_doubts(self, fields: Fields, readings: tuple[Reading, ...]) -> Doubts:
            return Doubts()

        def judge(self, fields: Fields, evidence: Evidence, today: date) -> tuple[Status, tuple[str, ...]]:
            return Status.ACCEPTED, ()

    enclosed = (Enclosed("a.pdf", (1,), {"a.pdf/x.xml": b"<x/>"}), Enclosed("b.pdf", (2,), {}))
    attached = tuple(Attachment(name, "application/pdf", 9, TakenFor.PAGES) for name in ("a.pdf", "b.pdf"))
    pages = TwoPages(enclosed=enclosed, attached=attached)
    tools = SureTools(pages=pages, parts=(Part(1, 2, (1,)), Part(2, 2, (2,))))
    invoices = process(DOCUMENT, tools, Memory(), TODAY)

    assert tools.extracted == ["a.pdf/x.xml", "page1", "", "page2"]
    assert [(Status.ACCEPTED, ()), (Status.ACCEPTED, ())] == [(each.status, each.reasons) for each in invoices]


def test_an_alarm_is_a_reason_and_is_not_asked_about_twice() -> None:
    alarm = Alarm(AlarmCode.DUE_BEFORE_ISSUE, "due too early", "due_date")
    (invoice,) = process(DOCUMENT, CountingTools(alarms=(alarm,)), Memory(), TODAY)

    assert invoice.reasons == ("total is unverified", "due too early")
    assert invoice.alarms == (alarm,)
    assert invoice.asked == (Asked("total", "total is unverified"),)


def test_a_layout_that_changed_is_a_reason_to_look() -> None:
    (invoice,) = process(DOCUMENT, CountingTools(changes=("the paper looks otherwise",)), Memory(), TODAY)

    assert invoice.status is Status.NEEDS_REVIEW
    assert invoice.reasons == ("total is unverified", "the paper looks otherwise")
    assert invoice.sketch == Sketch(marks=("name:test",))


def test_a_layout_that_changed_is_but_noted_where_the_page_proves_what_matters() -> None:
    class ProvingTools(CountingTools):
        def find_fields(self, evidence: Evidence, memory: Memory, today: date) -> Fields:
            total = super().find_fields(evidence, memory, today)["total"]
            assert total is not None
            proved = replace(total, verified=True)
            return {"total": proved, "issue_date": replace(proved, name="issue_date", value=TODAY)}

    tools = ProvingTools(changes=("the paper looks otherwise",), verdict=Status.ACCEPTED)
    (invoice,) = process(DOCUMENT, tools, Memory(), TODAY)

    assert (invoice.status, invoice.reasons) == (Status.ACCEPTED, ())
    assert "the paper looks otherwise" in invoice.notes


def test_a_record_is_judged_again_from_its_readings_and_nothing_is_read() -> None:
    tools = CountingTools()
    (invoice,) = process(DOCUMENT, tools, Memory(), TODAY)
    tools.again.clear()
    judged = judge_again(invoice, tools, Memory(version=5), TODAY)

    assert tools.again == []
    assert tools.extracted[-1] == "page1|better"
    assert (judged.notes, judged.versions["memory"]) == ((*invoice.notes, AGAIN), "5")
    assert judged.raw_text == invoice.raw_text


def test_readings_are_not_kept_where_the_record_does_not_rest_on_them_alone() -> None:
    (with_file,) = process(DOCUMENT, CountingTools(TwoPages(attachments={"a.xml": b""})), Memory(), TODAY)
    assert with_file.readings == ()


@pytest.mark.parametrize(
    ("verdict", "drawn", "expected"),
    [
        (Status.ACCEPTED, True, (Status.NEEDS_REVIEW, (DRAWN,))),
        (Status.ACCEPTED, False, (Status.ACCEPTED, ())),
        (Status.NEEDS_REVIEW, True, (Status.NEEDS_REVIEW, ("total is unverified",))),
    ],
)
def test_only_accepted_documents_are_drawn_for_a_look(verdict, drawn, expected):
    tools = CountingTools(verdict=verdict, drawn=drawn)
    invoice = process(DOCUMENT, tools, Memory(), TODAY)[0]
    assert expected == (invoice.status, invoice.reasons)
