"""The scheduler and the workers of a cluster, each a process of its own; nothing listens but what is asked."""

from __future__ import annotations

import asyncio
import logging
import secrets
import signal
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import dask
import msgspec
import structlog
from distributed import Scheduler, Worker
from distributed.diagnostics.plugin import SchedulerPlugin, WorkerPlugin

from invoicewatch.cluster.bridge import TOPIC
from invoicewatch.cluster.security import make_security
from invoicewatch.cluster.task import PLUGIN
from invoicewatch.cluster.work.runner import Runner
from invoicewatch.config.settings import ClusterSettings

_AGAIN_FIRST_S = 1.0
_AGAIN_CAP_S = 30.0
_STEADY_S = 60.0
_GOODBYE_S = 2.0  # for what is given back to reach the head


class _Quiet:
    """Without Dask's page of figures, which asks nobody for a certificate."""

    def start_http_server(self, *_: Any, **__: Any) -> None:
        """Start none."""


class QuietScheduler(_Quiet, Scheduler):  # type: ignore[misc]  # untyped
    """Dask's scheduler."""


class QuietWorker(_Quiet, Worker):  # type: ignore[misc]  # untyped
    """Dask's worker."""


class TellSilent(SchedulerPlugin):  # type: ignore[misc]  # untyped
    """Tells which workers were given up for their silence; of others that go the process has ended."""

    name = TOPIC

    def remove_worker(self, scheduler: Scheduler, worker: str, *, stimulus_id: str, **_: Any) -> None:
        """A worker was removed."""
        if stimulus_id.startswith("check-worker-ttl"):
            scheduler.log_event(TOPIC, {"silent": worker})


class RunnerPlugin(WorkerPlugin):  # type: ignore[misc]  # untyped
    """Holds the processes of this machine for the tasks that come."""

    name = PLUGIN

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._worker: Worker

    def setup(self, worker: Worker) -> None:
        """The worker has joined."""
        self._worker = worker

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002 - Dask's signature
        """The worker leaves; its processes stay warm, as it may come back."""
        self._runner.leave()

    def run(self, key: str, content: bytes, names: tuple[str, str], held: tuple[bytes, bytes]) -> bytes:
        """Run a task and wait for it."""
        self._worker.log_event(TOPIC, {"begun": key})
        return self._runner.run(key, content, names, held)


async def run_scheduler(listen: str, settings: ClusterSettings) -> None:
    """Serve at ``listen`` until a signal says stop. Raises OSError if the address is taken."""
    set_up_dask(settings.lost_after_s)
    security = make_security(listen, settings.ca, settings.certificate, settings.key)
    scheduler = QuietScheduler(host=listen, security=security, dashboard=False, plugins=[TellSilent()])
    stop = listen_for_end()
    async with scheduler:
        structlog.get_logger("invoicewatch.cluster").info("scheduler listens", address=scheduler.address)
        await stop.wait()


async def run_worker(settings: ClusterSettings, runner: Runner, cores: int, versions: Mapping[str, str]) -> None:
    """Work for the scheduler until a signal says stop; come back to it whenever it, or the way to it, fails."""
    set_up_dask(settings.lost_after_s)
    stop, delay_s = listen_for_end(), _AGAIN_FIRST_S
    log = structlog.get_logger("invoicewatch.cluster")
    runner.start()
    while not stop.is_set():
        begun_s = time.monotonic()
        try:
            await _work(settings, runner, cores, versions, stop)
        except (OSError, TimeoutError, RuntimeError) as exc:  # a RuntimeError: Dask's 'failed to start'
            log.warning("no scheduler", address=settings.scheduler, reason=f"{exc}", retry_s=delay_s)
        delay_s = _AGAIN_FIRST_S if time.monotonic() - begun_s > _STEADY_S else min(2 * delay_s, _AGAIN_CAP_S)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), delay_s)
    await asyncio.to_thread(runner.stop)


async def _work(
    settings: ClusterSettings, runner: Runner, cores: int, versions: Mapping[str, str], stop: asyncio.Event
) -> None:
    hello = msgspec.msgpack.encode(dict(versions))
    worker = QuietWorker(
        settings.scheduler,
        security=make_security(settings.scheduler, settings.ca, settings.certificate, settings.key),
        nthreads=cores,
        name=f"{socket.gethostname()}-{secrets.token_hex(3)}",  # one that comes back may meet its former self
        memory_limit=0,
        dashboard=False,
        plugins=(RunnerPlugin(runner),),
        startup_information={TOPIC: lambda _: hello},
        metrics={TOPIC: lambda _: msgspec.msgpack.encode(runner.describe())},
    )
    async with worker:
        structlog.get_logger("invoicewatch.cluster").info("worker joined", scheduler=settings.scheduler, cores=cores)
        ends = [asyncio.create_task(stop.wait()), asyncio.create_task(worker.finished())]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for end in ends:
            end.cancel()
        if stop.is_set():
            await asyncio.to_thread(runner.stop)
            await asyncio.sleep(_GOODBYE_S)


def set_up_dask(lost_after_s: float) -> None:
    """What Dask must not do by itself: steal, copy, spill, profile, try again what killed a worker, wait for ever."""
    dask.config.set(
        {
            "distributed.scheduler.allowed-failures": 0,
            "distributed.scheduler.work-stealing": False,
            "distributed.scheduler.active-memory-manager.start": False,
            "distributed.scheduler.worker-ttl": f"{lost_after_s}s",
            "distributed.worker.profile.enabled": False,
            "distributed.worker.memory.target": False,
            "distributed.worker.memory.spill": False,
            "distributed.worker.memory.pause": False,
            "distributed.worker.memory.terminate": False,
            "distributed.comm.timeouts.connect": "10s",
            "distributed.comm.timeouts.tcp": f"{max(12.0, 2 * lost_after_s)}s",
            "distributed.admin.low-level-log-length": 100,
            "distributed.scheduler.http.routes": [],
            "distributed.worker.http.routes": [],
        }
    )
    logging.getLogger("distributed").setLevel(logging.WARNING)


def listen_for_end() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop
