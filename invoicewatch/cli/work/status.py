"""``invoicewatch status``: what the daemon is doing, what waits, and what failed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import typer

from invoicewatch.answers.safe import make_printable
from invoicewatch.cli.context import get_state

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import RenderableType

    from invoicewatch.daemon.health.state import Health

_REFRESH_S = 1.0


def status(
    ctx: typer.Context,
    watch: Annotated[bool, typer.Option("--watch", "-w", help="Keep showing it, until Ctrl-C.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object, and nothing else.")] = False,
) -> None:
    """Say whether the daemon lives, what waits and why, and what failed.

    Exit code 0: all is well. 1: something needs a person (the daemon is down, an inbox cannot be reached, intake is
    paused), so that a monitor can call this.
    """
    from invoicewatch.daemon.health.state import read_health

    config = get_state(ctx).config
    if watch:
        _watch(lambda: read_health(config, time.time()))
        return
    health = read_health(config, time.time())
    if as_json:
        from invoicewatch.records.as_json import dump_json

        print(dump_json(health.to_json()))  # noqa: T201 - the answer
    else:
        from invoicewatch.cli.render import make_console

        make_console().print(_show(health, time.time()))
    if not health.healthy:
        raise typer.Exit(1)


def _watch(read: Callable[[], Health]) -> None:
    from rich.live import Live

    from invoicewatch.cli.render import make_console

    with Live(console=make_console(), auto_refresh=False, screen=False) as live:
        while True:
            live.update(_show(read(), time.time()), refresh=True)
            time.sleep(_REFRESH_S)


def _show(health: Health, now_s: float) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    lines: list[RenderableType] = [_headline(health, now_s)]
    lines += [Text(f"  ! {make_printable(problem)}", style="red") for problem in health.problems]
    lines += [
        _inbox_line(inbox.path, inbox.mode, inbox.trouble, sum(inbox.waiting.values())) for inbox in health.inboxes
    ]
    lines.append(_counts(health))
    if health.oldest:
        why = f": {make_printable(health.oldest.why)}" if health.oldest.why else ""
        age = format_age(now_s - health.oldest.seen_s)
        lines.append(Text(f"Oldest waiting: {make_printable(health.oldest.name)} ({health.oldest.state}, {age}){why}"))
    if health.last_error:
        age = format_age(now_s - health.last_error.when_s)
        name = make_printable(health.last_error.name)
        lines.append(
            Text(f"Last error: {name}, {age} ago: {make_printable(health.last_error.message)}", style="yellow")
        )
    return Group(*lines)


def _headline(health: Health, now_s: float) -> RenderableType:
    from rich.text import Text

    if health.pid is None:
        return Text("The daemon is not running. Start it with `invoicewatch run`.", style="red")
    since = f" for {format_age(now_s - health.started_s)}" if health.started_s else ""
    style = "green" if health.healthy else "yellow"
    model = f"; model {make_printable(health.model)}" if health.model else ""
    return Text(f"The daemon runs{since} (process {health.pid}); {health.busy} in work{model}", style=style)


def _inbox_line(path: str, mode: str, trouble: str, waiting: int) -> RenderableType:
    from rich.text import Text

    state = "cannot be reached" if trouble else f"{mode or 'not watched'}, {waiting} waiting"
    return Text(f"Inbox {make_printable(path)}: {state}", style="red" if trouble else "")


def _counts(health: Health) -> RenderableType:
    from rich.text import Text

    words = [f"{count:,} {state.replace('_', ' ')}" for state, count in sorted(health.states.items())]
    again = f" Judged again after an answer: {health.judging_again:,} to go." if health.judging_again else ""
    recorded = f"Recorded in the last hour: {health.recorded_last_hour:,}."
    return Text(f"Files: {', '.join(words) or 'none yet'}. {recorded}{again}")


def format_age(seconds: float) -> str:
    """A span as a person says it: ``45 s``, ``12 min``, ``3 h``, ``5 days``."""
    for limit, unit, name in ((90, 1, "s"), (5400, 60, "min"), (172_800, 3600, "h")):
        if seconds < limit:
            return f"{max(0.0, seconds) / unit:.0f} {name}"
    return f"{seconds / 86_400:.0f} days"
