"""``invoicewatch stats``."""

from __future__ import annotations

import sys
import time
from typing import Annotated

import typer

from invoicewatch.answers.find.filters import today_here
from invoicewatch.answers.find.sums import By, sum_records, sum_to_json
from invoicewatch.cli import options
from invoicewatch.cli.context import get_state
from invoicewatch.records.as_json import dump_json
from invoicewatch.store.search.query_text import Query


def stats(  # noqa: PLR0913 - one parameter an option, as typer wants it
    ctx: typer.Context,
    *,
    by: Annotated[By, typer.Option("--by", help="What to sum up.")] = By.MONTH,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="At most this many lines (the last months).")] = 24,
    date_from: options.From = "",
    date_to: options.To = "",
    currency: options.Currency = "",
    seller: options.Seller = "",
    verified: options.Verified = None,
    as_json: options.AsJson = False,
    prometheus: Annotated[
        bool, typer.Option("--prometheus", help="Print figures for monitoring instead, in Prometheus' text format.")
    ] = False,
) -> None:
    """Sum up by month and seller, with totals by currency and a chart.

    Documents that failed and duplicates are left out. Currencies are never added to one another; the bars compare
    lines of one currency. Below stand what is promised of accepted documents, and what was seen of them here.
    """
    if prometheus:
        from invoicewatch.answers.health.figures import write_figures

        sys.stdout.write(write_figures(get_state(ctx).config, time.time()))
        return
    filters = options.read_filters(
        today=today_here(),
        date_from=date_from,
        date_to=date_to,
        currency=currency,
        seller=seller,
        verified=verified,
    )
    sums = sum_records(get_state(ctx).state_dir, Query((), filters), by, limit)
    if as_json:
        for one in sums.lines:
            sys.stdout.write(dump_json(sum_to_json(one, by)) + "\n")
        return
    from invoicewatch.cli.find.promise import print_promise
    from invoicewatch.cli.find.sums import print_stats

    print_stats(sums, by.value)
    print_promise(get_state(ctx).config)
