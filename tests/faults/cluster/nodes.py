"""A part of a cluster as a process: ``python -m tests.faults.cluster.nodes ROLE ADDRESS NAME=VALUE...``.

Roles: ``scheduler``, ``worker`` (cheap tools; ``cores``, ``version``) and ``hostile`` (answers in the way of ``how``,
and leaves a file at ``mark`` wherever its pickles are opened).
"""

import asyncio
import os
import sys

from invoicewatch.cluster.bridge import TOPIC
from invoicewatch.cluster.versions import find_versions
from invoicewatch.cluster.work import nodes
from invoicewatch.cluster.work.runner import Runner
from invoicewatch.config import Config
from invoicewatch.config.settings import ClusterSettings
from tests.faults import doubles

LOST_AFTER_S = 5.0


def make_settings(address, keys="", name=""):
    if not keys:
        return ClusterSettings(scheduler=address, lost_after_s=LOST_AFTER_S)
    ca, certificate, key = f"{keys}/ca.pem", f"{keys}/{name}.pem", f"{keys}/{name}.key"
    return ClusterSettings(scheduler=address, lost_after_s=LOST_AFTER_S, ca=ca, certificate=certificate, key=key)


class Bomb:
    """Runs a program wherever it is unpickled."""

    def __init__(self, mark):
        self.mark = mark

    def __reduce__(self):
        return (os.system, (f"echo $PPID >> {self.mark}",))


class BombError(Exception):
    def __init__(self, mark):
        super().__init__("an error")
        self.mark = mark

    def __reduce__(self):
        return (os.system, (f"echo $PPID >> {self.mark}",))


class HostilePlugin(nodes.RunnerPlugin):
    """Answers as no worker does."""

    how = ""
    mark = ""

    def run(self, key, content, names, held):
        self._worker.log_event(TOPIC, {"begun": key})
        self._worker.log_event(TOPIC, {"begun": ["no", "key"], "silent": {"a": 1}})
        if self.how == "error":
            raise BombError(self.mark)
        if self.how == "other":
            return super().run(key, content, names, held).replace(b"\xd9\x40", b"\xd9\x41")
        return {"object": Bomb(self.mark), "garbage": b"\x93\x01\x02\x03", "huge": b"\xc6\xff\xff\xff\xff"}[self.how]


def main(role, address, *given):
    options = dict(each.split("=", 1) for each in given)
    settings = make_settings(address, options.get("keys", ""), options.get("name", ""))
    if role == "scheduler":
        asyncio.run(nodes.run_scheduler(address, settings))
        return
    cores = int(options.get("cores", "1"))
    config = Config()
    tools = (doubles.build_cheap_tools, doubles.process_cheaply)
    if role == "hostile":
        HostilePlugin.how, HostilePlugin.mark = options["how"], options["mark"]
        nodes.__dict__["RunnerPlugin"] = HostilePlugin
    versions = find_versions(config)
    if "version" in options:
        versions["invoicewatch"] = options["version"]
    asyncio.run(nodes.run_worker(settings, Runner(config, cores, *tools), cores, versions))


if __name__ == "__main__":
    main(*sys.argv[1:])
