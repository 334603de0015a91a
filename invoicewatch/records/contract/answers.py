"""Which command prints what, and how often: the table of the whole contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from invoicewatch.records.contract import cluster, lists, machine, model, notice, record


class Answer(NamedTuple):
    """``shape``: the type of one object; ``each``: what there is one object of, each on a line of its own."""

    shape: type
    each: str = ""


ANSWERS: Mapping[str, Answer] = {
    "search": Answer(lists.HitJson, "record"),
    "list": Answer(lists.HitJson, "record"),
    "show": Answer(record.ShownJson),
    "validate": Answer(record.ValidatedJson, "e-invoice of the file"),
    "process": Answer(record.InvoiceJson, "record"),
    "stats": Answer(lists.SumJson, "group and currency"),
    "status": Answer(machine.StatusJson),
    "service status": Answer(machine.ServiceJson),
    "reprocess": Answer(lists.RerunJson, "record"),
    "memory": Answer(lists.SellerJson, "seller"),
    "check": Answer(machine.FindingJson, "fault"),
    "doctor": Answer(machine.CheckJson, "check, as it is made"),
    "config": Answer(machine.ConfigJson),
    "web user list": Answer(machine.PersonJson, "person"),
    "web token list": Answer(machine.TokenJson, "token"),
    "log": Answer(machine.LogEntryJson, "entry, the newest first"),
    "cluster status": Answer(cluster.ClusterJson),
    "model list": Answer(model.ModelJson, "model"),
    "model fetch": Answer(model.FetchedJson),
    "model verify": Answer(model.CheckedModelJson),
    "model measure": Answer(model.MeasuredJson),
    "model select": Answer(model.SelectedJson),
    "model requantise": Answer(model.RequantisedJson),
}

NOTICES: tuple[type, ...] = (notice.RecordedJson, notice.FailedJson, notice.TroubleJson)
