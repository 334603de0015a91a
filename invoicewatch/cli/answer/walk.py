"""Ask a person about one record after the other."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import typer

from invoicewatch.answers.records.find import find_original
from invoicewatch.answers.review.questions import close_review, list_questions, read_typed
from invoicewatch.answers.review.waiting import Waiting
from invoicewatch.cli.answer.evidence.terminal import Pictures
from invoicewatch.cli.answer.keys import Step, read_key
from invoicewatch.cli.find.items import list_item_tables
from invoicewatch.cli.find.record import describe_field
from invoicewatch.cli.render import make_console, plain
from invoicewatch.config import Config
from invoicewatch.errors import ConfigError
from invoicewatch.records import Field, format_value
from invoicewatch.records.attention.question import STATUS, Question, list_needed
from invoicewatch.store.records.entries import Entry
from invoicewatch.store.records.query import StoredInvoice

_KEYS = "Enter right · e type · n there is none · s skip · d next document · o open · q quit"


class Walk:
    """The conversation. ``stopped`` says that the person wants no more."""

    def __init__(self, config: Config, pictures: Pictures) -> None:
        self.stopped = False
        self._config = config
        self._pictures = pictures
        self._console = make_console()

    def ask_about(self, waiting: Waiting) -> dict[str, Entry]:
        """The answers about one record; with all answered that settles it, its status becomes accepted."""
        stored = waiting.stored
        self._introduce(waiting)
        questions = list_questions(stored.invoice)
        answers: dict[str, Entry] = {}
        for question in questions:
            step, entry = self._ask(stored, question)
            if entry is not None:
                answers[question.name] = entry
            if step in {Step.LEAVE, Step.QUIT}:
                self.stopped = step is Step.QUIT
                break
        return close_review(list_needed(stored.invoice) or questions, answers)

    def _introduce(self, waiting: Waiting) -> None:
        stored = waiting.stored
        seller = stored.invoice.fields.get("seller_name")
        name = format_value(seller.value) if seller else "unknown seller"
        self._console.rule(plain(f"invoice {stored.id}, {name}", style="bold"), align="left")
        for table in list_item_tables(stored.invoice):
            self._console.print(table)
        for reason in stored.invoice.reasons:
            self._console.print(plain(reason, style="yellow"))
        if waiting.others:
            those = "another document" if waiting.others == 1 else f"{waiting.others} other documents"
            settles = f"{those} of this seller wait{'s' * (waiting.others == 1)}: what you say teaches how to read them"
            self._console.print(plain(settles, style="cyan"))

    def _ask(self, stored: StoredInvoice, question: Question) -> tuple[Step, Entry | None]:
        self._show(stored, question)
        while True:
            step, entry = read_key(question, _read_key())
            if step is Step.OPEN:
                typer.launch(str(find_original(stored) or ""))
            elif step is Step.TYPE:
                typed = self._read_value(question)
                if typed is not None:
                    return Step.NEXT, typed
            elif step is Step.UNKNOWN:
                self._console.print(plain(_KEYS, style="dim"))
            else:
                return step, entry

    def _show(self, stored: StoredInvoice, question: Question) -> None:
        self._console.print()
        self._console.print(plain(question.name.replace("_", " "), style="bold"))
        if question.name == STATUS:
            self._console.print(plain("Enter: accept the document as it is; n: leave it in review", style="bold"))
        elif question.field is None:
            self._console.print(plain("not found", style="red"))
        else:
            self._draw(stored, question.field)
            self._console.print(describe_field(question.field))
        for number, other in enumerate(question.others, start=1):
            line = f"  {number}  {format_value(other.value)}  ({other.confidence:.0%})  {other.text}"
            self._console.print(plain(line, style="cyan"))
        self._console.print(plain(_KEYS, style="dim"))

    def _draw(self, stored: StoredInvoice, field: Field) -> None:
        """The place on the page, if it has one, the file is still there, and the terminal can show it."""
        if self._pictures is Pictures.NONE:
            return
        from invoicewatch.answers.records.words import find_page_words
        from invoicewatch.answers.review.crop import crop_field
        from invoicewatch.cli.answer.evidence.draw import draw_blocks, draw_iterm, draw_kitty, draw_sixel

        words = find_page_words(Path(self._config.paths.state), stored.id, field.page or 0)
        crop = crop_field(stored, field, self._config.pages, words.turns if words else 0)
        if crop is None:
            return
        draw = {Pictures.KITTY: draw_kitty, Pictures.ITERM: draw_iterm, Pictures.SIXEL: draw_sixel}
        sys.stdout.write(draw.get(self._pictures, draw_blocks)(crop, shutil.get_terminal_size().columns - 1))
        sys.stdout.flush()

    def _read_value(self, question: Question) -> Entry | None:
        """A typed value, asked for until it is one; None if the person gives up with an empty line."""
        while text := input(f"{question.name.replace('_', ' ')}: ").strip():
            try:
                return read_typed(question, text)
            except ConfigError as exc:
                self._console.print(plain(f"{exc.message}. {exc.remedy}", style="red"))
        return None


def _read_key() -> str:
    """One key; from a pipe, one line."""
    if sys.stdin.isatty():
        return str(typer.getchar())
    line = sys.stdin.readline()
    return line.strip() if line else "q"
