"""What tasks have in common: the settings and the memory, each of which goes to the bridge once, by its hash."""

from __future__ import annotations

import hashlib
import time

from invoicewatch.cluster.carry import write_memory
from invoicewatch.cluster.link import Link
from invoicewatch.cluster.versions import write_settings
from invoicewatch.cluster.wire import Drop, Hold
from invoicewatch.config import Config
from invoicewatch.records import Invoice, Memory
from invoicewatch.workers.task import Task

MEMORY_S = 15.0  # a newer memory travels this often at most: it grows with every proved document


class Held:
    """The latest memory and the settings, and which of them the bridge has."""

    def __init__(self, config: Config) -> None:
        self._contents: dict[str, bytes] = {}
        self._sent: set[str] = set()
        self._settings = self._keep(write_settings(config))
        self._name = ""
        self._memory = Memory(version=-1)
        self._since_s = 0.0

    def forget_bridge(self) -> None:
        """The next bridge has nothing yet."""
        self._sent.clear()

    def send(self, link: Link, task: Task) -> tuple[str, str]:
        """See that the bridge has what the task needs; the names of memory and settings. Raises LinkLostError.

        While the memory is only a little newer than the last that went, that one is named. A record that is judged
        again gets exactly its own: it is judged because the memory changed.
        """
        recent = time.monotonic() - self._since_s < MEMORY_S and not isinstance(task.document, Invoice)
        if task.memory.version != self._memory.version and not (self._name and recent):
            self._renew(link, task.memory)
        for name in (self._name, self._settings):
            if name not in self._sent:
                link.send(Hold(name, self._contents[name]))
                self._sent.add(name)
        return self._name, self._settings

    def _renew(self, link: Link, memory: Memory) -> None:
        older, self._name = self._name, self._keep(write_memory(memory))
        self._memory, self._since_s = memory, time.monotonic()
        if older and older != self._name:
            del self._contents[older]
            if older in self._sent:
                self._sent.discard(older)
                link.send(Drop(older))

    def _keep(self, content: bytes) -> str:
        name = hashlib.sha256(content).hexdigest()
        self._contents[name] = content
        return name
