"""What the forms of the review do: answer, take back, put off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse, RedirectResponse, Response

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.answers.records.set import enter
from invoicewatch.answers.records.version import OvertakenError, find_version
from invoicewatch.answers.review.progress import close_answers, list_queued, list_waiting_last, take_back
from invoicewatch.answers.review.questions import confirm, deny, read_typed
from invoicewatch.errors import ConfigError
from invoicewatch.records import Status, format_value
from invoicewatch.records.attention.question import STATUS, Question
from invoicewatch.records.typed import TypedValueError
from invoicewatch.store.records.entries import Entry
from invoicewatch.store.records.query import StoredInvoice
from invoicewatch.web.guard.refusals import wants_json
from invoicewatch.web.guard.visitor import AnyEditor, Signed, Visitor, get_site
from invoicewatch.web.pages.review.document import find_next, find_question, name_page, read_numbers, write_numbers
from invoicewatch.web.pages.review.judging import start_judging
from invoicewatch.web.pages.review.looking import show_record
from invoicewatch.web.pages.shown import get_pages
from invoicewatch.web.words.formats import Formats

router = APIRouter(include_in_schema=False, prefix="/review")


class Said(BaseModel):
    """What a form sends: an answer (``take:VALUE``, ``none``, ``typed``; ``accept`` for the whole) about a field.

    ``version`` and ``seen`` (a number of entries) are of the record that was on the screen; ``later`` are put off.
    """

    field: str
    answer: str
    version: str
    typed: str = ""
    seen: int = 0
    later: str = ""


@router.post("/{number}/answer", dependencies=[Signed])
def answer(request: Request, visitor: AnyEditor, number: int, said: Annotated[Said, Form()]) -> Response:
    """Keep an answer; programs hear what followed, people are led on."""
    stored = read_invoice(get_site(request).state_dir, str(number))
    try:
        question = _find_asked(stored, said)
        entries = close_answers(stored, {said.field: read_answer(question, said)})
        return _keep(request, visitor, stored, entries, said)
    except (OvertakenError, TypedValueError) as exc:
        if wants_json(request):
            raise
        overtaken = isinstance(exc, OvertakenError)
        more = {
            "field": said.field,
            "typed": said.typed,
            "problem": "" if overtaken else f"{exc.message}. {exc.remedy}",
        }
        seen, status = (said.seen, 409) if overtaken else (None, 422)
        return show_record(request, visitor, number, said.later, seen=seen, status=status, **more)


@router.post("/{number}/undo", dependencies=[Signed])
def undo(
    request: Request,
    visitor: AnyEditor,
    number: int,
    fields: Annotated[str, Form()],
    version: Annotated[str, Form()],
    later: Annotated[str, Form()] = "",
) -> Response:
    """Take back what this person said last of fields (joined by points); what was said before it counts again."""
    site = get_site(request)
    stored = read_invoice(site.state_dir, str(number))
    latest = {entry.name: entry.who for entry in stored.entries}
    entries = take_back(stored, [name for name in fields.split(".") if latest.get(name) == visitor.person.name])
    if not entries:
        raise HTTPException(422, "There is nothing to take back.")
    _enter(request, visitor, number, entries, version)
    start_judging(site.config)
    if wants_json(request):
        return JSONResponse({"next": name_page(number, later)})
    return RedirectResponse(name_page(number, later), 303)


@router.post("/{number}/later", dependencies=[Signed])
def put_off(request: Request, visitor: AnyEditor, number: int, later: Annotated[str, Form()] = "") -> Response:
    """Go on, this record coming last; only the address remembers it."""
    del visitor
    numbers = [*(each for each in read_numbers(later) if each != number), number]
    following = find_next(list_waiting_last(get_site(request).state_dir, numbers), number)
    return RedirectResponse(name_page(following or number, write_numbers(numbers)), 303)


def read_answer(question: Question, said: Said) -> Entry:
    """The entry that an answer means. Raises TypedValueError, or ConfigError where it means none."""
    kind, _, value = said.answer.partition(":")
    if kind == "typed":
        return read_typed(question, said.typed)
    if kind == "none":
        return deny(question)
    entry = confirm(question) if kind == "accept" and question.name == STATUS else None
    if kind == "take":
        # By value and not by place: the list on the screen may be older than what this person has said since.
        offered = [each.value for each in (question.field, *question.others) if each is not None]
        entry = next((Entry(each) for each in offered if format_value(each) == value), None)
    if entry is None:
        raise ConfigError("this is no answer here", remedy="Choose one of those that are offered.", code="bad_value")
    return entry


def _find_asked(stored: StoredInvoice, said: Said) -> Question:
    """The question that is answered. Raises OvertakenError, or HTTPException where nobody asks."""
    if find_version(stored) != said.version:
        raise OvertakenError(f"record {stored.id} was changed meanwhile", remedy="Look at it, and say again.")
    question = find_question(stored, said.field)
    if question is None:
        raise HTTPException(422, "Nobody asks for this.")
    return question


def _keep(
    request: Request, visitor: Visitor, before: StoredInvoice, entries: Mapping[str, Entry], said: Said
) -> Response:
    site, number = get_site(request), before.id
    _enter(request, visitor, number, entries, said.version)
    queued = [each for each in list_queued(site.state_dir) if each != number]
    start_judging(site.config)
    stored = read_invoice(site.state_dir, str(number))
    done = stored.invoice.status is not Status.NEEDS_REVIEW or said.field == STATUS
    later = [*read_numbers(said.later), *([number] if done else [])]  # it may have been left in review
    queue = list_waiting_last(site.state_dir, later)
    following = find_next(queue, number)
    if not wants_json(request):
        last = f"{number}.{'.'.join(entries)}"
        return RedirectResponse(name_page((following if done else number) or 0, write_numbers(later), last=last), 303)
    formats = Formats(get_pages(request).find_locale(request, visitor))
    return JSONResponse(
        {
            "version": find_version(stored),
            "seen": len(stored.entries),
            "fields": list(entries),
            "value": formats.write_value(entries[said.field].value),
            "done": done,
            "settled": stored.invoice.status is not Status.NEEDS_REVIEW,
            "next": following,
            "waiting": len(queue),
            "queued": queued[:100],
        }
    )


def _enter(request: Request, visitor: Visitor, number: int, entries: Mapping[str, Entry], version: str) -> None:
    who = visitor.person.name
    enter(get_site(request).state_dir, number, entries, who=who, when=datetime.now(UTC), expected=version)
