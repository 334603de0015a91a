"""Run the daemon as a service: one for a state folder, reloaded by SIGHUP, stopped by SIGTERM."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import structlog

from invoicewatch.cluster.choose import start_pool
from invoicewatch.config import Config
from invoicewatch.daemon.context import Context
from invoicewatch.daemon.lock import hold_lock
from invoicewatch.daemon.logs import set_up_logging
from invoicewatch.daemon.loop import Daemon, Pieces
from invoicewatch.daemon.notify import Notifier
from invoicewatch.daemon.signals import Wakeup
from invoicewatch.daemon.tell.channels import open_channels
from invoicewatch.daemon.tell.event import describe_trouble
from invoicewatch.daemon.tell.teller import Teller
from invoicewatch.errors import ConfigError, FatalError, StoreError
from invoicewatch.intake.mounts import find_mount, lies_on_remote, read_mounts
from invoicewatch.store.database.writer import open_database
from invoicewatch.workers.protocol import Pool

_LAST_NOTICES_S = 3.0


def run_service(
    load: Callable[[], Config],
    env: Mapping[str, str],
    *,
    make_pool: Callable[[Config], Pool] = start_pool,
    reach: Callable[[str], None] = lambda _: None,
) -> None:
    """Run until SIGTERM or SIGINT.

    Args:
        load: Reads the configuration; called again on SIGHUP.
        env: The environment: systemd's sockets and whether we write to its journal.
        make_pool: Starts the workers.
        reach: Told the name of every point between two steps.

    Raises:
        FatalError: It cannot start or go on.
    """
    config = load()
    set_up_logging(config.log, env)
    notifier, wakeup = Notifier(env), Wakeup.open()
    state = Path(config.paths.state)
    check_state_folder(state)
    with wakeup.listen(), hold_lock(state):
        while not wakeup.stop:
            _run_once(config, Pieces(notifier, wakeup, make_pool), reach)
            config = _reload(config, load, notifier, wakeup)
            set_up_logging(config.log, env)
    notifier.stopping()


def _run_once(config: Config, pieces: Pieces, reach: Callable[[str], None]) -> None:
    _make_folders(config)
    teller = Teller(open_channels(config.notify), config.notify, pieces.wakeup.wake)
    try:
        with closing(open_database(Path(config.paths.state))) as database:
            log = structlog.get_logger("invoicewatch.daemon")
            context = Context(config, database, log, time.time, pieces.notifier.alive, reach, teller)
            Daemon.start(context, pieces).run()
    except FatalError as exc:
        teller.tell(describe_trouble(f"the daemon ends: {exc.message}", time.time()))
        raise
    finally:
        teller.close(_LAST_NOTICES_S)


def _reload(config: Config, load: Callable[[], Config], notifier: Notifier, wakeup: Wakeup) -> Config:
    """The new configuration, or the old one if the new one is no good."""
    if not wakeup.reload or wakeup.stop:
        return config
    wakeup.reload = False
    notifier.reloading()
    log = structlog.get_logger("invoicewatch.daemon")
    try:
        new = load()
        open_channels(new.notify)
    except ConfigError as exc:
        log.error("configuration not reloaded", reason=exc.message, remedy=exc.remedy)  # noqa: TRY400 - says it all
        return config
    if new.paths.state != config.paths.state:
        log.error("configuration not reloaded", reason="[paths] state changed", remedy="Restart the daemon.")
        return config
    log.info("configuration reloaded")
    return new


def check_state_folder(state: Path) -> None:
    """See that the database would lie on a local disk. Raises StoreError."""
    mounts = read_mounts()
    if lies_on_remote(str(state), mounts):
        mount = find_mount(str(state), mounts)
        raise StoreError(
            f"the state folder {state} lies on {mount.source} ({mount.file_system}), "
            "and SQLite's locks do not hold over a network",
            remedy="Set [paths] state to a folder on a local disk; inboxes and archive may stay where they are.",
            code="state_remote",
        )


def _make_folders(config: Config) -> None:
    """Make the folders that originals go to."""
    paths = config.paths
    for folder in (paths.archive, paths.set_aside, paths.duplicates):
        try:
            Path(folder).mkdir(mode=0o770, parents=True, exist_ok=True)
        except OSError as exc:
            log = structlog.get_logger("invoicewatch.daemon")
            log.warning("cannot make folder", folder=folder, reason=exc.strerror)
