"""The bridge: the process that holds Dask's client for the head, with no store, no inbox and no secret but one key.

It reads orders from a socket and writes what it hears of the cluster. What it passes on are bytes, unread. If the
scheduler does not answer it says so and ends; the head starts another.
"""

from __future__ import annotations

import asyncio
import logging
import os
import resource
import socket
import sys
import time
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec

from invoicewatch.cluster.no_pickle import turn_pickle_off
from invoicewatch.cluster.wire import (
    MAX_TO_BRIDGE,
    Begun,
    Connect,
    Done,
    Drop,
    Frames,
    Gone,
    Hold,
    Load,
    Lost,
    Machine,
    Machines,
    Run,
    ToBridge,
    ToHead,
    WireError,
    write_frame,
)
from invoicewatch.workers.parent import tie_to_parent

if TYPE_CHECKING:
    from distributed import Client, Future

LOOK_S = 1.0
CONNECT_S = 10.0
TOPIC = "invoicewatch"
_SETTLE_S = 0.25  # the scheduler says that a worker was silent a moment after it fails the worker's tasks
_READ = 1 << 20
_MOST_MACHINES = 4096


def main(argv: list[str]) -> None:
    """Serve the socket whose file descriptor is ``argv[1]`` for the process ``argv[2]`` until either ends."""
    tie_to_parent(int(argv[2]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    turn_pickle_off()
    with suppress(EOFError, ConnectionError, WireError):
        asyncio.run(_serve(socket.socket(fileno=int(argv[1]))))
    os._exit(0)  # Dask's threads have nothing to say any more


async def _serve(channel: socket.socket) -> None:
    reader, writer = await asyncio.open_connection(sock=channel)
    orders = _read_orders(reader)
    bridge = _Bridge(writer, await anext(orders))
    try:
        await bridge.connect()
        watching = asyncio.create_task(bridge.watch())
        try:
            async for order in orders:
                bridge.obey(order)
        finally:
            watching.cancel()
    except (OSError, TimeoutError) as exc:
        bridge.send(Gone(f"{type(exc).__name__}: {exc}"))
        await writer.drain()


async def _read_orders(reader: asyncio.StreamReader) -> Any:
    frames = Frames(ToBridge, MAX_TO_BRIDGE)
    while content := await reader.read(_READ):
        for message in frames.take(content):
            yield message


class _Bridge:
    def __init__(self, writer: asyncio.StreamWriter, connect: Connect) -> None:
        self._writer = writer
        self._connect = connect
        self._contents: dict[str, bytes] = {}
        self._held: dict[tuple[str, str], Future[Any]] = {}
        self._running: dict[str, tuple[str, Future[Any], float]] = {}
        self._silent: set[str] = set()
        self._waits: set[asyncio.Task[None]] = set()
        self._client: Client

    def send(self, message: ToHead) -> None:
        """Write a message; the head reads whenever it is not starting a document."""
        self._writer.write(write_frame(message))

    async def connect(self) -> None:
        """Find the scheduler. Raises OSError or TimeoutError."""
        import dask
        from distributed import Client

        from invoicewatch.cluster.security import make_security

        asked = self._connect
        logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)  # what it finds wrong, the head is told
        dask.config.set({"distributed.comm.timeouts.tcp": max(12.0, asked.lost_after_s)})
        security = make_security(asked.scheduler, asked.ca, asked.certificate, asked.key)
        self._client = await Client(
            asked.scheduler,
            security=security,
            asynchronous=True,
            set_as_default=False,
            timeout=CONNECT_S,
            direct_to_workers=False,
        )
        self._client.subscribe_topic(TOPIC, self._hear)

    def obey(self, order: ToBridge) -> None:
        """Do what the head says."""
        from invoicewatch.cluster.task import run_document

        if isinstance(order, Hold):
            self._contents[order.name] = order.content
        elif isinstance(order, Drop):
            self._contents.pop(order.name, None)
            self._held = {place: future for place, future in self._held.items() if place[0] != order.name}
        elif isinstance(order, Run):
            future = self._client.submit(
                run_document,
                order.key,
                order.content,
                (order.memory, order.settings),
                (self._hold(order.memory, order.machine), self._hold(order.settings, order.machine)),
                key=f"{TOPIC}-{order.key}",
                workers=[order.machine],
                allow_other_workers=False,
                retries=0,
                pure=False,
            )
            self._running[order.key] = (order.machine, future, time.monotonic())
            wait = asyncio.create_task(self._follow(order.key, order.machine, future))
            self._waits.add(wait)
            wait.add_done_callback(self._waits.discard)

    def _hold(self, name: str, machine: str) -> Future[Any]:
        """Content that stays with a machine; each gets its own, so that machines need not reach one another."""
        from invoicewatch.cluster.task import hold

        if (name, machine) not in self._held:
            key = f"{TOPIC}-held-{name}-{machine}"
            bound = {"workers": [machine], "allow_other_workers": False}
            self._held[name, machine] = self._client.submit(hold, self._contents[name], key=key, **bound)
        return self._held[name, machine]

    async def _follow(self, key: str, machine: str, future: Future[Any]) -> None:
        from distributed.scheduler import KilledWorker

        try:
            answer = await future
        except (asyncio.CancelledError, CancelledError):
            await asyncio.sleep(_SETTLE_S)
            self._end(key, future, Lost(key, died=False, why="the cluster let go of it"))
        except Exception as exc:  # noqa: BLE001 - a worker may raise what it likes; it is an answer like any other
            await asyncio.sleep(_SETTLE_S)
            gone = isinstance(exc, KilledWorker) or _is_killed(exc)
            died = machine not in self._silent if gone else True
            why = "its process ended" if gone and died else "it fell silent" if gone else "it answered with an error"
            self._end(key, future, Lost(key, died=died, why=why))
        else:
            whole = isinstance(answer, bytes)
            lost = Lost(key, died=True, why="it answered with something else than bytes")
            self._end(key, future, Done(key, answer) if whole else lost)

    def _end(self, key: str, future: Future[Any], message: ToHead) -> None:
        """Tell what became of a task, once; where the scheduler is gone all of them are handed out anew."""
        if self._client.status == "running" and self._running.get(key, ("", None, 0.0))[1] is future:
            del self._running[key]
            self.send(message)

    def _hear(self, event: Any) -> None:
        """An event of our topic: a worker begins a task, or the scheduler gave a worker up that was silent."""
        said = event[1]
        if isinstance(said, dict) and isinstance(begun := said.get("begun"), str) and begun in self._running:
            self.send(Begun(begun))
        elif isinstance(said, dict) and isinstance(silent := said.get("silent"), str):
            self._silent.add(silent)

    async def watch(self) -> None:
        """Tell the head who is there, every second, and give up tasks whose machine has left."""
        while self._client.status == "running":
            try:
                async with asyncio.timeout(self._connect.lost_after_s):
                    cluster = await self._client.scheduler.identity(n_workers=-1)
            except (OSError, TimeoutError) as exc:
                await self._give_up(f"the scheduler does not answer: {type(exc).__name__}: {exc}")
                return
            machines = [each for one in list(cluster["workers"].items())[:_MOST_MACHINES] for each in _describe(*one)]
            self._leave(set(cluster["workers"]))
            self.send(Machines(tuple(machines)))
            await self._writer.drain()
            await asyncio.sleep(LOOK_S)
        await self._give_up("the scheduler ended")

    async def _give_up(self, why: str) -> None:
        self.send(Gone(why))
        await self._writer.drain()
        self._writer.close()

    def _leave(self, present: set[str]) -> None:
        """A task that is bound to a machine which is no more would wait for it for ever."""
        self._held = {place: future for place, future in self._held.items() if place[1] in present}
        for key, (machine, future, since_s) in list(self._running.items()):
            if machine not in present and time.monotonic() - since_s > 2 * LOOK_S:
                self._end(key, future, Lost(key, died=False, why="it left"))
                future.release()


def _is_killed(exc: BaseException) -> bool:
    """Whether the scheduler says that the task's worker died; unread, as it is a pickle."""
    said = exc.args[0] if exc.args else b""
    return isinstance(said, bytes) and b"KilledWorker" in said[:200]


def _describe(address: str, worker: Any) -> list[Machine]:
    """The machine, if what it says of itself can be that."""
    try:
        load = msgspec.msgpack.decode(worker["metrics"].get(TOPIC) or b"", type=Load)
        hello = msgspec.msgpack.decode(worker.get(TOPIC) or b"", type=dict[str, str])
        return [Machine(address, str(worker["name"])[:200], max(0, int(worker["nthreads"])), hello, load)]
    except (msgspec.DecodeError, KeyError, TypeError, ValueError, AttributeError):
        return []


if __name__ == "__main__":
    main(sys.argv)
