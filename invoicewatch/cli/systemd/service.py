"""``invoicewatch service``: the daemon under systemd."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated

import typer

from invoicewatch.cli.context import get_state

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    help="Install, remove or inspect the systemd service.",
)
UserOption = Annotated[bool, typer.Option("--user", help="A service of your own instead of the machine's.")]


@app.command()
def install(
    ctx: typer.Context,
    user: UserOption = False,
    web: Annotated[bool, typer.Option("--web", help="With the page, as a service of its own beside it.")] = False,
    start: Annotated[
        bool, typer.Option("--start/--no-start", help="Start it now; it starts at boot either way.")
    ] = True,
) -> None:
    """Install the service and start it; done again, it takes up a changed configuration or program.

    For the machine (as root): a user of its own without a login, folders under /var/lib/invoicewatch, a commented
    /etc/invoicewatch/config.toml where there is none, the unit with access to the configured folders only, and two
    groups: members of invoicewatch-readers may search, those of invoicewatch-editors may also review.

    Examples:
        sudo invoicewatch service install --web
        invoicewatch service install --user
    """
    from invoicewatch.cli.systemd.install import install_system, install_user

    if user and web:
        raise typer.BadParameter("the page is a service of the machine only; for yourself start `invoicewatch web`")
    config_file = get_state(ctx).config_file
    done = install_user(config_file, start=start) if user else install_system(config_file, start=start, web=web)
    _print_all(done)


@app.command()
def uninstall(user: UserOption = False) -> None:
    """Stop and remove the service; documents, records and configuration stay."""
    from invoicewatch.cli.systemd.install import uninstall_system, uninstall_user

    _print_all(uninstall_user() if user else uninstall_system())


@app.command()
def status(
    user: UserOption = False,
    web: Annotated[bool, typer.Option("--web", help="The page's service instead of the daemon's.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say how the service is, as systemd sees it.

    `invoicewatch status` tells what the daemon is working on.
    """
    from invoicewatch.cli.systemd.state import read_state
    from invoicewatch.cli.systemd.units import UNIT, WEB_UNIT

    unit = WEB_UNIT if web else UNIT
    state = read_state(user=user, unit=unit)
    if as_json:
        typer.echo(json.dumps(asdict(state), default=lambda moment: moment.isoformat()))
        return
    if state.load != "loaded":
        typer.echo(f"{unit} is not installed. Install it with `invoicewatch service install{' --web' * web}`.")
        return
    since = f" since {state.since.astimezone():%Y-%m-%d %H:%M:%S}" if state.since and state.active == "active" else ""
    typer.echo(f"{unit}: {state.active} ({state.sub}){since}, {state.enabled} at boot")
    if state.pid:
        typer.echo(f"process {state.pid}, restarted {state.restarts} times: {state.status or 'no status yet'}")
    if state.result != "success":
        typer.echo(f"last result: {state.result}; its log: journalctl {'--user ' * user}-u {unit}")


def _print_all(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)
