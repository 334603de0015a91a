"""Builds the tools of the road from the settings; called inside the process that uses them.

This is the only place that knows which class stands behind which protocol, and it decides nothing else. Nothing heavy
is imported before a tool is first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from invoicewatch import __version__
from invoicewatch.config import Config
from invoicewatch.pipeline import Evidence, Fields, ReadPage
from invoicewatch.records import (
    Alarm,
    Asked,
    Code,
    Correction,
    Document,
    Doubts,
    ExtractContext,
    Extractor,
    Itemised,
    Memory,
    Office,
    PageSource,
    Part,
    Reading,
    Refusal,
    Sketch,
    Status,
    Validation,
)

if TYPE_CHECKING:
    from invoicewatch.correct.corrector import Corrector
    from invoicewatch.model.warm import WarmModel
    from invoicewatch.ocr.script import ScriptGuard
    from invoicewatch.reading.engines import Engines
    from invoicewatch.reading.first import PageReader
    from invoicewatch.reading.second import SecondReader
    from invoicewatch.reading.warmth import Warmth
    from invoicewatch.validation.checker import Checker

_ROAD = (
    "correct.corrector",
    "model.warm",
    "ocr.rapid.engine",
    "ocr.script",
    "ocr.tesseract.engine",
    "pages.load",
    "pipeline.rehearsal",
    "reading.engines",
    "reading.first",
    "reading.second",
    "reading.warmth",
    "validation.checker",
)


def build_tools(config: Config, *, use_model: bool = True, page_threads: int = 1) -> Toolbox:
    """The tools for one worker.

    Args:
        config: The effective settings.
        use_model: False where the model crashed on this document before.
        page_threads: How many pages of one document are read side by side, or lines of a page.

    Raises:
        ConfigError: An engine, processor or extractor that is named does not exist.
        DependencyError: The first engine is missing.
    """
    from invoicewatch.correct.corrector import Corrector
    from invoicewatch.correct.words.vocabulary import load_vocabulary
    from invoicewatch.extract.chain import load_extractors
    from invoicewatch.reading.engines import load_engines
    from invoicewatch.reading.first import PageReader
    from invoicewatch.reading.second import SecondReader
    from invoicewatch.validation.checker import Checker

    engines = load_engines(config.ocr)
    engines.use_threads(page_threads)
    extractors = load_extractors(config.extract)
    model = _make_model(config) if use_model else None
    corrector = Corrector(config.correct, load_vocabulary(config.ocr.languages), model, config.office.names)
    warmth = _make_warmth(config, engines, extractors, model, corrector)
    return Toolbox(
        config=config,
        page_threads=page_threads,
        engines=engines,
        first=PageReader(
            engines.first,
            engines.second,
            is_stack=config.pages.split == "blank",
            guard=_make_guard(config, has_second=engines.second is not None),
            before_picture=warmth.begin_for_picture,
        ),
        second=SecondReader(engines.second),
        corrector=corrector,
        extractors=extractors,
        model=model,
        warmth=warmth,
        checker=Checker(config.einvoice) if config.einvoice.validate else None,
    )


def import_road() -> None:
    """Import what `build_tools` imports with built-in settings, for a process that does not know its settings yet.

    Raises:
        InvoicewatchError: What the built-in settings name does not load.
    """
    from invoicewatch.extract.chain import load_extractors

    for name in _ROAD:
        import_module(f"{__package__}.{name}")
    load_extractors(Config().extract)


def build_judge(config: Config) -> JudgeBox:
    """What judges records again, without engines and model. Raises ConfigError."""
    from invoicewatch.extract.chain import load_extractors

    return JudgeBox(config, load_extractors(config.extract))


def _make_guard(config: Config, *, has_second: bool) -> ScriptGuard | None:
    """Looks for scripts that nobody reads; only Tesseract says which it reads. RapidOCR reads Chinese and Japanese."""
    from invoicewatch.ocr.script import ScriptGuard

    if config.ocr.engine != "tesseract":
        return None
    return ScriptGuard(config.ocr.languages, ("Han", "Japanese") if has_second else (), config.ocr.timeout_s)


def _make_model(config: Config) -> WarmModel | None:
    if config.correct.mode == "off" or not config.correct.processors:
        return None
    from invoicewatch.model.warm import WarmModel

    return WarmModel(config.model)


def _make_warmth(
    config: Config,
    engines: Engines,
    extractors: Sequence[tuple[str, Extractor]],
    model: WarmModel | None,
    corrector: Corrector,
) -> Warmth:
    """The model, what corrects, and what this package's own extractors load first; others see no made-up page."""
    from invoicewatch.pipeline.rehearsal import rehearse
    from invoicewatch.reading.warmth import Warmth

    own = [each for each in extractors if type(each[1]).__module__.startswith(f"{__package__}.")]
    rehearsal = partial(rehearse, JudgeBox(config, own))
    loads = (corrector.warm, rehearsal, *((model.warm,) if model else ()))
    return Warmth(*loads, for_pictures=engines.warm)


@dataclass(frozen=True, slots=True)
class JudgeBox:
    """The real ``pipeline.JudgeTools``: finds and judges fields, and reads nothing."""

    config: Config
    extractors: Sequence[tuple[str, Extractor]]

    @property
    def _office(self) -> Office:
        settings = self.config.office
        return Office(settings.names, settings.vat_ids, settings.ibans)

    def find_fields(self, evidence: Evidence, memory: Memory, today: date) -> Fields:
        """Extract by the configured chain."""
        from invoicewatch.extract.chain import find_fields
        from invoicewatch.extract.judge.doubtful import mark_doubtful

        context = ExtractContext(
            evidence.readings,
            evidence.attachments,
            memory,
            today,
            office=self._office,
            invoice=evidence.invoice,
            codes=evidence.codes,
        )
        return mark_doubtful(find_fields(context, self.extractors), self.config.extract)

    def compare_look(
        self, fields: Fields, readings: tuple[Reading, ...], memory: Memory, today: date
    ) -> tuple[Sketch | None, tuple[str, ...]]:
        """The document's sketch, and in words how its layout is another than its seller's before."""
        from invoicewatch.extract.looks.compare import compare_look

        return compare_look(readings, fields, memory, today)

    def judge(self, fields: Fields, evidence: Evidence, today: date) -> tuple[Status, tuple[str, ...]]:
        """Whether a person should look, and why."""
        from invoicewatch.extract.judge.document import judge_document

        return judge_document(
            fields, evidence.readings, evidence.attachments, today, self.config.extract, evidence.invoice
        )

    def find_items(self, fields: Fields, evidence: Evidence) -> Itemised:
        """The lines and the tax by rate, from the e-invoice or from the pages."""
        from invoicewatch.extract.lines.find import find_items

        return find_items(fields, evidence.readings, evidence.attachments, self.config.extract, evidence.invoice)

    def is_proved(self, fields: Fields) -> bool:
        """Whether every decisive field is proved."""
        from invoicewatch.extract.judge.acceptance import is_proved

        return is_proved(fields, self.config.extract)

    def judge_codes(self, codes: tuple[Code, ...], fields: Fields) -> tuple[tuple[Code, ...], tuple[str, ...]]:
        """The codes with what they were taken for, and why a person should look at them."""
        from invoicewatch.extract.codes.judge import find_code_reasons
        from invoicewatch.extract.codes.known import name_code

        named = tuple(map(name_code, codes))
        return named, find_code_reasons(named, fields)

    def find_alarms(self, fields: Fields, readings: tuple[Reading, ...]) -> tuple[Alarm, ...]:
        """What the document says against itself."""
        from invoicewatch.extract.judge.alarms import find_alarms

        return tuple(find_alarms(fields, readings, self._office))

    def find_asked(
        self, fields: Fields, reasons: tuple[str, ...], codes: tuple[Code, ...], today: date
    ) -> tuple[Asked, ...]:
        """Which fields would settle it."""
        from invoicewatch.extract.codes.judge import find_code_reasons
        from invoicewatch.extract.judge.asking import find_asked
        from invoicewatch.extract.judge.verdict import judge_invoice

        def judge(others: Fields) -> tuple[str, ...]:
            found = judge_invoice(others, (), today, self.config.extract)[1]
            return (*found, *find_code_reasons(codes, others))

        return find_asked(fields, reasons, judge, today)


@dataclass(frozen=True, slots=True)
class Toolbox(JudgeBox):
    """The real ``pipeline.Tools``; one a worker, used by one document at a time."""

    page_threads: int
    engines: Engines
    first: PageReader
    second: SecondReader
    corrector: Corrector
    model: WarmModel | None
    warmth: Warmth
    checker: Checker | None = None

    def open_pages(self, document: Document) -> PageSource:
        """Open the document's pages under the limits of the settings."""
        from invoicewatch.pages.load import open_pages

        return open_pages(document, self.config.pages, max_bytes=self.config.intake.max_bytes)

    def read_page(self, pages: PageSource, number: int) -> ReadPage:
        """Read one page by the cheapest sufficient means."""
        return self.first.read_page(pages, number)

    def split(self, read: tuple[ReadPage, ...], pages: PageSource) -> tuple[Part, ...]:
        """The documents of a portfolio, of a stack if the settings say so; the invoices of a file of XML always."""
        from invoicewatch.reading.stack import split_invoices

        return self.first.split(read, pages) if read else split_invoices(pages.attachments, self.config.extract)

    def find_doubts(self, fields: Fields, readings: tuple[Reading, ...]) -> Doubts:
        """What a second engine should read."""
        return self.second.find_doubts(fields, readings)

    def read_again(self, pages: PageSource, page: ReadPage, doubts: Doubts) -> ReadPage:
        """Read what is in doubt with the second engine."""
        return self.second.read_again(pages, page, doubts)

    def correct(self, readings: tuple[Reading, ...], memory: Memory, refused: tuple[Refusal, ...]) -> Correction:
        """Mend the text by the configured chain."""
        return self.corrector.correct(readings, memory, refused)

    def name_einvoice(self, attachments: Mapping[str, bytes]) -> str | None:
        """Which of the embedded files is the e-invoice."""
        from invoicewatch.extract.einvoice.extractor import find_einvoice_name

        return find_einvoice_name(attachments, self.config.extract)

    def validate(self, evidence: Evidence) -> Validation | None:
        """Check the e-invoice, if the settings say so."""
        from invoicewatch.extract.einvoice.extractor import find_einvoice

        if self.checker is None:
            return None
        found = find_einvoice(evidence.attachments, self.config.extract, evidence.invoice)
        return None if found is None else self.checker.check(found.element)

    def is_drawn(self, sha256: str, part: int) -> bool:
        """Whether a person should look at it though it could be accepted."""
        from invoicewatch.extract.judge.look import is_drawn

        return is_drawn(sha256, part, self.config.extract.look_share)

    def versions(self) -> Mapping[str, str]:
        """Names and versions of all that makes the record."""
        engine, second = self.engines.first.version, self.engines.second_state
        return {"invoicewatch": __version__, "engine": engine, "second_opinion": second}

    @property
    def model_state(self) -> str:
        """What the model is doing, in words."""
        return self.model.state if self.model else "off"

    def warm(self, before: Callable[[], None], *, now: bool) -> None:
        """Load model and tables in the background: now, or when the first picture comes.

        Raises:
            ConfigError: Now, and what corrects does not load.
            DependencyError: Now, and the first engine cannot read.
        """
        from invoicewatch.reading.engines import check_first_engine

        self.warmth.announce(before)
        if now:
            check_first_engine(self.config.ocr)
            self.corrector.load()
            self.warmth.begin()

    def unload_if_idle(self, now_s: float) -> None:
        """Free the model where it was not used for ``idle_unload_s``; ``now_s`` is monotonic."""
        if self.model:
            self.model.unload_if_idle(now_s)

    def close(self) -> None:
        """Free engines, model and checker."""
        self.engines.close()
        if self.model:
            self.model.close()
        if self.checker:
            self.checker.close()
