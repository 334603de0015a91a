"""``invoicewatch list``."""

from __future__ import annotations

import typer  # noqa: TC002 - typer reads the annotations when it runs

from invoicewatch.answers.find.filters import today_here
from invoicewatch.cli import options
from invoicewatch.cli.context import get_state
from invoicewatch.cli.find.found import show_found
from invoicewatch.store.search.query_text import Query


def list_(  # noqa: PLR0913 - one parameter an option, as typer wants it
    ctx: typer.Context,
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
    sort: options.Sort = options.SortBy.NEWEST,
    limit: options.Limit = 25,
    page: options.PageNumber = 1,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
) -> None:
    """List invoices, newest first, as a table or as data.

    A tick behind a total says that total and date are proved. `invoicewatch list --status review` is what waits for
    your eye.
    """
    filters = options.read_filters(
        today=today_here(),
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
        Query((), filters),
        sort=sort,
        limit=limit,
        page=page,
        output="json" if as_json else "csv" if as_csv else "table",
    )
