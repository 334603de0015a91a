"""``invoicewatch model measure``: what the model costs and what it is worth on this machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

import msgspec
from rich.console import Console
from rich.table import Table

from invoicewatch.cli.render import plain
from invoicewatch.config import Config
from invoicewatch.records.contract.model import GainJson, GainsJson, SpeedJson

if TYPE_CHECKING:
    from invoicewatch.cli.models.gain import Gain, Sample
    from invoicewatch.model.measure import Speed

_ROWS = {"with_model": "with the model", "without_model": "without it"}


def measure_worth(config: Config, path: Path, count: int, seed: int) -> tuple[str, Mapping[str, Gain]]:
    """The file that is really loaded for ``path``, and what it does to ``count`` generated documents.

    On a terminal a bar shows how far it is.

    Raises:
        DependencyError: The model does not load.
    """
    from invoicewatch.cli.models.gain import make_samples, measure_gain
    from invoicewatch.model.warm import WarmModel

    model = WarmModel(msgspec.structs.replace(config.model, path=str(path)))
    try:
        model.load()
        loaded = (model.loaded_path or path).name
        return loaded, measure_gain(config, _show_progress(make_samples(count, seed), count), model, model)
    finally:
        model.close()


def _show_progress(samples: Iterator[Sample], count: int) -> Iterator[Sample]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("correcting samples"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("samples", total=count)
        for sample in samples:
            yield sample
            progress.advance(bar)


def speed_to_json(speed: Speed) -> SpeedJson:
    """The figures of ``measure_speed``, rounded."""
    return {
        "load_s": round(speed.load_s, 3),
        "read_per_s": round(speed.read_per_s, 1),
        "write_per_s": round(speed.write_per_s, 1),
        "gpu_layers": speed.gpu_layers,
    }


def gains_to_json(gains: Mapping[str, Gain], samples: int) -> GainsJson:
    """What was there to mend, and what became of it by each way."""
    first = next(iter(gains.values())).score
    ways: dict[str, GainJson] = {
        name: {
            "fixed": gain.score.fixed,
            "broken": gain.score.broken,
            "invented": gain.score.invented,
            "s_a_document": round(gain.seconds / samples, 3),
        }
        for name, gain in gains.items()
    }
    return cast("GainsJson", {"samples": samples, "wrong": first.wrong, "right": first.right, **ways})


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
