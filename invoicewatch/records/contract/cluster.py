"""What `cluster status` prints as JSON."""

from __future__ import annotations

from typing import Annotated, TypedDict


class MachineJson(TypedDict):
    """A machine that works for the cluster, by what it says of itself."""

    name: Annotated[str, "Its host name, with a mark of its own."]
    address: Annotated[str, "Where the scheduler reaches it."]
    cores: Annotated[int, "Documents it reads at the same time."]
    versions: Annotated[dict[str, str], "Program, Tesseract, languages, model."]
    differs: Annotated[list[str], "What it has otherwise than this machine, in words."]
    refused: Annotated[bool, "It gets no document, as `[cluster] differing` says."]
    in_flight: Annotated[int, "Documents that it is reading."]
    done: Annotated[int, "Documents since it joined."]
    crashed: Annotated[int, "Of these, how many a process of it died of."]
    an_hour: Annotated[float, "Documents an hour, over the last ten minutes."]
    model: Annotated[str, "The state of the model there."]


class ClusterJson(TypedDict):
    """The cluster as this machine sees it."""

    scheduler: Annotated[str, "Its address."]
    here: Annotated[dict[str, str], "The versions of this machine."]
    machines: Annotated[list[MachineJson], "Those that are there, by name."]
