"""``invoicewatch model measure``: what the model costs and what it is worth on this machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from invoicewatch.cli.render import plain

if TYPE_CHECKING:
    from invoicewatch.answers.models.gain import Gain, Sample

_ROWS = {"with_model": "with the model", "without_model": "without it"}


def show_progress(samples: Iterator[Sample], count: int) -> Iterator[Sample]:
    """Pass samples through, with a bar on a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("correcting samples"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("samples", total=count)
        for sample in samples:
            yield sample
            progress.advance(bar)


def make_gain_table(gains: Mapping[str, Gain], samples: int) -> Table:
    """A row for each way."""
    table = Table(box=None, header_style="bold")
    table.add_column("")
    for name in ("words fixed", "words broken", "figures invented", "s a document"):
        table.add_column(name, justify="right", no_wrap=True)
    for name, gain in gains.items():
        score = gain.score
        table.add_row(
            plain(_ROWS[name]),
            plain(f"{score.fixed} ({score.fixed_share:.1%})"),
            plain(f"{score.broken} ({score.broken_share:.2%})"),
            plain(str(score.invented)),
            plain(f"{gain.seconds / samples:.2f}"),
        )
    return table
