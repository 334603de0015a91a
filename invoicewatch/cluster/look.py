"""Look at a cluster from the head: who is there, with what, and how fast."""

from __future__ import annotations

import time
from contextlib import closing
from multiprocessing.connection import wait

from invoicewatch.cluster.link import Link, LinkLostError
from invoicewatch.cluster.machines import Machines
from invoicewatch.cluster.security import check_address, check_dask
from invoicewatch.cluster.versions import find_versions
from invoicewatch.cluster.wire import Connect, Gone
from invoicewatch.cluster.wire import Machines as MachinesNow
from invoicewatch.config import Config
from invoicewatch.errors import ConfigError, DependencyError
from invoicewatch.records.contract.cluster import ClusterJson, MachineJson


def look_at_cluster(config: Config, limit_s: float = 20.0) -> ClusterJson:
    """Ask the scheduler, through a bridge as the daemon does.

    Raises:
        ConfigError: There is no cluster in the settings, or its keys are not there.
        DependencyError: Dask is not installed, or the scheduler does not answer.
    """
    asked = config.cluster
    if not asked.scheduler:
        raise ConfigError("no cluster is configured", remedy="Set [cluster] scheduler.", code="cluster_none")
    check_dask()
    check_address(asked.scheduler, asked.ca, asked.certificate, asked.key)
    here = find_versions(config)
    with closing(Link.start(Connect(asked.scheduler, asked.ca, asked.certificate, asked.key, limit_s))) as link:
        machines = Machines(config, here)
        machines.renew(_hear(link, limit_s).items)
    return ClusterJson(scheduler=asked.scheduler, here=here, machines=_describe(machines))


def _hear(link: Link, limit_s: float) -> MachinesNow:
    end_s, why = time.monotonic() + limit_s, ""
    try:
        while (left_s := end_s - time.monotonic()) > 0:
            wait([link.fileno()], left_s)
            for message in link.receive():
                if isinstance(message, MachinesNow):
                    return message
                if isinstance(message, Gone):
                    why = message.why
    except LinkLostError as exc:
        why = why or str(exc)
    raise DependencyError(
        f"the scheduler of the cluster cannot be reached: {why or 'no answer'}",
        remedy="Start it with `invoicewatch cluster scheduler`; look at its log and at [cluster].",
        code="cluster_away",
    )


def _describe(machines: Machines) -> list[MachineJson]:
    return [
        MachineJson(
            name=seat.machine.name,
            address=seat.machine.address,
            cores=seat.cores,
            versions=seat.machine.versions,
            differs=list(seat.differences),
            refused=bool(seat.refused),
            in_flight=len(seat.machine.load.stages),
            done=seat.machine.load.done,
            crashed=seat.machine.load.crashed,
            an_hour=seat.machine.load.an_hour,
            model=seat.machine.load.model_state,
        )
        for seat in sorted(machines.seats, key=lambda seat: seat.machine.name)
    ]
