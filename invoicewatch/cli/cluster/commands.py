"""``invoicewatch cluster``: run a scheduler or a worker, look at what is there, make the keys."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from invoicewatch.cli.context import get_state
from invoicewatch.errors import ConfigError

if TYPE_CHECKING:
    from invoicewatch.config import Config
    from invoicewatch.records.contract.cluster import ClusterJson

app = typer.Typer(add_completion=False, rich_markup_mode="markdown", no_args_is_help=True)


@app.callback()
def cluster() -> None:
    """Have other machines read documents for this one.

    The daemon's machine is the head; a scheduler, on any machine, knows the workers; each further machine runs one
    worker. All share a configuration's [cluster]. It needs the extra invoicewatch[cluster].
    """


@app.command()
def scheduler(
    ctx: typer.Context,
    listen: Annotated[
        str, typer.Option("--listen", metavar="ADDRESS", help="Listen here, like tls://0.0.0.0:8786.")
    ] = "",
) -> None:
    """Run the scheduler until stopped. It sees documents pass, and keeps none."""
    import asyncio

    config = _prepare(get_state(ctx).config, listen)
    from invoicewatch.cluster.work.nodes import run_scheduler

    asyncio.run(run_scheduler(listen or config.cluster.scheduler, config.cluster))


@app.command()
def worker(ctx: typer.Context) -> None:
    """Read documents for the cluster until stopped: as many at a time as [workers] count says."""
    import asyncio

    config = _prepare(get_state(ctx).config, "")
    from invoicewatch.cluster.versions import find_versions
    from invoicewatch.cluster.work.nodes import run_worker
    from invoicewatch.cluster.work.runner import Runner
    from invoicewatch.workers.pool import count_workers

    cores = count_workers(config)
    asyncio.run(run_worker(config.cluster, Runner(config, cores), cores, find_versions(config)))


@app.command()
def status(
    ctx: typer.Context,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object, and nothing else.")] = False,
) -> None:
    """Say which machines are there, with which versions, what they have in hand and how fast they are.

    Exit code 1: no machine may work.
    """
    from invoicewatch.cluster.look import look_at_cluster
    from invoicewatch.records.as_json import dump_json

    found = look_at_cluster(get_state(ctx).config)
    if as_json:
        print(dump_json(found))  # noqa: T201 - the answer
    else:
        _show(found)
    if all(machine["refused"] for machine in found["machines"]):
        raise typer.Exit(1)


@app.command()
def keys(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the files go; ca.key stays there.")],
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="One for each machine: head scheduler worker1 ...")
    ] = None,
) -> None:
    """Make the cluster's authority and a key for each machine; call it again for machines that come later.

    A machine needs ca.pem, its NAME.pem and its NAME.key, named in [cluster]. Keep ca.key from all of them.
    """
    from invoicewatch.cluster.keys import make_keys

    for files in make_keys(folder, tuple(names or ("head", "scheduler", "worker"))):
        typer.echo(f"{files.certificate} {files.key}")


def _prepare(config: Config, listen: str) -> Config:
    """See that it can start, and set up the log."""
    from invoicewatch.cluster.security import check_address, check_dask
    from invoicewatch.daemon.logs import set_up_logging

    asked = config.cluster
    address = listen or asked.scheduler
    if not address:
        raise ConfigError("no cluster is configured", remedy="Set [cluster] scheduler.", code="cluster_none")
    check_dask()
    check_address(address, asked.ca, asked.certificate, asked.key)
    set_up_logging(config.log, os.environ)
    return config


def _show(found: ClusterJson) -> None:
    from rich.table import Table

    from invoicewatch.answers.safe import make_printable
    from invoicewatch.cli.render import make_console, plain

    console = make_console()
    table = Table(box=None, header_style="bold")
    for name in ("machine", "cores", "in flight", "done", "crashed", "an hour", ""):
        table.add_column(name)
    for each in found["machines"]:
        figures = (each["cores"], each["in_flight"], each["done"], each["crashed"], round(each["an_hour"]))
        about = plain("; ".join(each["differs"]), "red" if each["refused"] else "yellow")
        table.add_row(plain(each["name"]), *(plain(str(figure)) for figure in figures), about)
    console.print(f"Cluster at {make_printable(found['scheduler'])}; here: {', '.join(found['here'].values())}")
    console.print(table if found["machines"] else "No machine is there.")
