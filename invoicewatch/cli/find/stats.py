"""``invoicewatch stats``."""

from __future__ import annotations

import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, cast

import typer

from invoicewatch.cli import options
from invoicewatch.cli.context import get_state
from invoicewatch.config import Config
from invoicewatch.records.as_json import dump_json, make_encodable
from invoicewatch.records.contract.lists import SumJson
from invoicewatch.store.figures.stats import Sum, sum_up
from invoicewatch.store.records.query import open_reader


class By(StrEnum):
    """What is summed up."""

    MONTH = "month"
    YEAR = "year"
    SELLER = "seller"
    STATUS = "status"


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
    lines of one currency.
    """
    if prometheus:
        _print_metrics(get_state(ctx).config)
        return
    filters = options.read_filters(
        today=options.today_here(),
        date_from=date_from,
        date_to=date_to,
        currency=currency,
        seller=seller,
        verified=verified,
    )
    with open_reader(get_state(ctx).state_dir) as reader:
        sums = sum_up(reader, filters, by.value)
    shown = sums[:limit] if by in {By.SELLER, By.STATUS} else sums[-limit:]
    if as_json:
        for one in shown:
            sys.stdout.write(dump_json(sum_to_json(one, by)) + "\n")
        return
    from invoicewatch.cli.find.sums import print_stats

    print_stats(shown, by.value, left_out=len(sums) - len(shown))


def _print_metrics(config: Config) -> None:
    from invoicewatch.daemon.health.prometheus import write_metrics
    from invoicewatch.daemon.health.state import read_health
    from invoicewatch.store.figures.metrics import read_metrics

    now_s = time.time()
    with open_reader(Path(config.paths.state)) as reader:
        records = read_metrics(reader)
    sys.stdout.write(write_metrics(read_health(config, now_s), records, now_s))


def sum_to_json(one: Sum, by: By) -> SumJson:
    """A line as plain JSON values."""
    values = {
        by.value: None if one.group is None else make_encodable(one.group),
        "currency": one.currency,
        "invoices": one.count,
        "with_total": one.with_total,
        "total": format(one.total, "f"),
    }
    return cast("SumJson", values)  # a key that --by names is no literal
