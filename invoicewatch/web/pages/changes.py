"""The log, for those who may do everything: what people changed, newest first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from invoicewatch.answers.upkeep.log import read_log
from invoicewatch.records.field import DATE_NAMES, MONEY_NAMES, FieldValue
from invoicewatch.store.database.log import Wanted
from invoicewatch.web.guard.visitor import AnyAdmin, get_site
from invoicewatch.web.pages.shown import get_pages
from invoicewatch.web.people.accounts import list_people

router = APIRouter(include_in_schema=False)

_ON_A_PAGE = 50
_MOST = 2**62


@router.get("/log")
def show_log(
    request: Request,
    visitor: AnyAdmin,
    who: Annotated[str, Query(max_length=200)] = "",
    record: Annotated[str, Query(max_length=20)] = "",
    below: Annotated[int | None, Query(ge=0, le=_MOST)] = None,
) -> HTMLResponse:
    """A page of it, perhaps of one person or one record only."""
    site = get_site(request)
    number = int(record) if record.isascii() and record.isdigit() and int(record) <= _MOST else None
    # What is no number is no record's: then nothing is found.
    wanted = Wanted(who.strip(), -1 if record.strip() and number is None else number, below=below)
    page = read_log(site.state_dir, wanted, _ON_A_PAGE)
    asked = {"who": who, "record": record}
    older = urlencode({**asked, "below": page.entries[-1].number}) if page.more else ""
    values = {
        **asked,
        "entries": page.entries,
        "older": older,
        "newest": urlencode(asked) if below is not None else "",
        "read": read_value,
        "names": [person.name for person in list_people(site.people)],
    }
    return get_pages(request).show(request, "log.html", values, visitor)


def read_value(field: str, text: str) -> FieldValue:
    """A value as the log has it, to be written as the reader's country does.

    >>> read_value("total", "1250.00"), read_value("right", "editor"), read_value("total", "gone")
    (Decimal('1250.00'), 'editor', 'gone')
    """
    try:
        if field in MONEY_NAMES:
            return Decimal(text)
        return date.fromisoformat(text) if field in DATE_NAMES else text
    except (ValueError, InvalidOperation):
        return text
