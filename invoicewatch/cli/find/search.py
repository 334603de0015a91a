"""``invoicewatch search``."""

from __future__ import annotations

from typing import Annotated

import typer

from invoicewatch.answers.find.filters import make_query, today_here
from invoicewatch.cli import options
from invoicewatch.cli.context import get_state
from invoicewatch.cli.find.found import show_found


def search(  # noqa: PLR0913 - one parameter an option, as typer wants it
    ctx: typer.Context,
    text: Annotated[list[str] | None, typer.Argument(metavar="TEXT...", help="Words, parts of words, numbers.")] = None,
    *,
    date_from: options.From = "",
    date_to: options.To = "",
    minimum: options.Min = "",
    maximum: options.Max = "",
    currency: options.Currency = "",
    seller: options.Seller = "",
    status: options.StatusIs = None,
    verified: options.Verified = None,
    inbox: options.Inbox = "",
    since: options.Since = "",
    sort: options.Sort = options.SortBy.BEST,
    limit: options.Limit = 25,
    page: options.PageNumber = 1,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    open_file: Annotated[bool, typer.Option("--open", help="Open the file of the first result.")] = False,
) -> None:
    """Find invoices by any word on them, a number, a seller, an amount or a date.

    Every word must be there, in the text as it was read or as it was corrected, in the seller, the number or the file
    name. Accents and umlauts may be left out, parts of words (from three letters) and of numbers will do, and a word
    that was misread by one character is still found, after the exact ones. Quotation marks keep words together.

    Filters may be typed too:

    - `acme total:>500`
    - `date:2024-01..2024-03 currency:eur`
    - `due:<30d status:review`
    - `seller:müller since:7d verified:no`
    """
    today = today_here()
    narrowed = options.read_filters(
        today=today,
        date_from=date_from,
        date_to=date_to,
        minimum=minimum,
        maximum=maximum,
        currency=currency,
        seller=seller,
        status=status,
        verified=verified,
        inbox=inbox,
        since=since,
    )
    show_found(
        get_state(ctx).state_dir,
        make_query(" ".join(text or ()), narrowed, today),
        sort=sort,
        limit=limit,
        page=page,
        output="json" if as_json else "csv" if as_csv else "table",
        open_first=open_file,
    )
