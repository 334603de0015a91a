"""The options that `search`, `list` and `export` share, and what they become."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from invoicewatch.answers.find.filters import FilterError, Typed, parse_filters
from invoicewatch.store.search.filters import Filters

_PANEL = "Narrow it down"


class SortBy(StrEnum):
    """What results are sorted by."""

    BEST = "best"
    NEWEST = "newest"
    OLDEST = "oldest"
    DATE = "date"
    DUE = "due"
    TOTAL = "total"
    SELLER = "seller"


def _option(flag: str, metavar: str, text: str) -> object:
    return typer.Option(flag, metavar=metavar, help=text, rich_help_panel=_PANEL)


From = Annotated[str, _option("--from", "DATE", "Issued on or after: 2024-03-05, 2024-03, 2024, or 30d ago.")]
To = Annotated[str, _option("--to", "DATE", "Issued on or before.")]
Min = Annotated[str, _option("--min", "AMOUNT", "A total of at least this.")]
Max = Annotated[str, _option("--max", "AMOUNT", "A total of at most this.")]
Currency = Annotated[str, _option("--currency", "CODE", "In this currency, e.g. EUR.")]
Seller = Annotated[str, _option("--seller", "TEXT", "From a seller whose name holds these words or parts of words.")]
StatusIs = Annotated[
    list[str] | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help="accepted, review, failed or duplicate; may be given more than once.",
        rich_help_panel=_PANEL,
        autocompletion=lambda: ["accepted", "review", "failed", "duplicate"],
    ),
]
Verified = Annotated[
    bool | None,
    typer.Option("--verified/--unverified", help="Total and date are proved, or not.", rich_help_panel=_PANEL),
]
Inbox = Annotated[str, _option("--inbox", "FOLDER", "Came through this inbox; its last name will do.")]
Since = Annotated[str, _option("--since", "DATE", "Arrived on or after this day, or within e.g. 7d.")]
Sort = Annotated[SortBy, typer.Option("--sort", help="What comes first.")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, max=10_000, help="How many to show.")]
PageNumber = Annotated[int, typer.Option("--page", "-p", min=1, max=100_000, help="Which page of them.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object a line, and nothing else.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print comma-separated values with a header.")]


# How the options are called that narrow a search down.
_FLAGS = {"date_from": "--from", "date_to": "--to", "minimum": "--min", "maximum": "--max"}


def read_filters(  # noqa: PLR0913 - one argument an option
    *,
    today: date,
    date_from: str = "",
    date_to: str = "",
    minimum: str = "",
    maximum: str = "",
    currency: str = "",
    seller: str = "",
    status: Sequence[str] | None = None,
    verified: bool | None = None,
    inbox: str = "",
    since: str = "",
) -> Filters:
    """The filters that options ask for. Raises typer.BadParameter, which names the option."""
    typed = Typed(
        date_from=date_from,
        date_to=date_to,
        minimum=minimum,
        maximum=maximum,
        currency=currency,
        seller=seller,
        status=tuple(status or ()),
        verified=verified,
        inbox=inbox,
        since=since,
    )
    try:
        return parse_filters(typed, today)
    except FilterError as exc:
        raise typer.BadParameter(exc.message, param_hint=_FLAGS.get(exc.name, f"--{exc.name}")) from exc
