"""What is printed as JSON keeps to the contract that docs/json.md is made from."""

import dataclasses
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Annotated, NotRequired, TypedDict

import pytest

from invoicewatch.cli.systemd.state import ServiceState
from invoicewatch.daemon.health.state import Health, InboxHealth
from invoicewatch.daemon.tell.event import describe_failure, describe_record, describe_trouble
from invoicewatch.records import (
    Alarm,
    AlarmCode,
    Alternative,
    Asked,
    Box,
    Edit,
    Failure,
    Field,
    Invoice,
    Part,
    SellerMemory,
    Source,
    Status,
)
from invoicewatch.records.as_json import invoice_to_json
from invoicewatch.records.contract.answers import ANSWERS, NOTICES
from invoicewatch.records.contract.lists import ChangeJson, SellerJson
from invoicewatch.records.contract.machine import ServiceJson, StatusJson
from invoicewatch.records.contract.model import GainsJson, MeasuredJson, SpeedJson
from invoicewatch.records.contract.notice import FailedJson, RecordedJson, TroubleJson
from invoicewatch.records.contract.record import InvoiceJson
from invoicewatch.records.document import PageSize
from invoicewatch.records.ledger import FileEntry, FileState, Stamp
from invoicewatch.store.ledger.view import LastError, WaitingFile
from invoicewatch.store.upkeep.rerun import Change
from scripts.papers.commands import list_commands
from scripts.papers.shapes import find_breaches, find_shapes, read_keys

BOX = Box(0.1, 0.2, 0.3, 0.4)
OTHER = Alternative(date(2024, 3, 4), 0.1, 1, BOX, "03/04/2024")
TOTAL = Field(
    "total", Decimal("12.50"), 0.9, verified=True, page=1, box=BOX, source=Source.OCR, method="label", text="x"
)
INVOICE = Invoice(
    path="/in/a.png",
    sha256="ab",
    media_type="image/png",
    status=Status.NEEDS_REVIEW,
    page_sizes=(PageSize(100, 200, 0),),
    raw_text="T0tal",
    enhanced_text="Total",
    edits=(Edit(1, 0, 0, 1, "T0tal", "Total", BOX, "why", -2.0, -1.0, "spelling"),),
    fields={"total": replace(TOTAL, alternatives=(OTHER,)), "iban": None},
    reasons=("look",),
    alarms=(Alarm(AlarmCode.UNUSUAL_TOTAL, "far outside", "total", 3),),
    asked=(Asked("total", "look"), Asked("status", "look")),
    versions={"program": "1"},
)
SPLIT = replace(INVOICE, part=Part(1, 2, (1, 2)), error=Failure("corrupt", "it is damaged"))
ENTRY = FileEntry(1, "/in", b"/in/a.png", FileState.WORKING, Stamp(1, 2, 3), 0.0, 0.0)
INBOX = InboxHealth("/in", "", reachable=True, trouble="", waiting={"seen": 1})


class Inner(TypedDict):
    """Inside."""

    number: Annotated[int, "A number."]


class Outer(TypedDict):
    """Outside."""

    name: Annotated[str, "A text."]
    inner: Annotated[list[Inner] | None, "Others."]
    extra: NotRequired[Annotated[dict[str, float], "More."]]


class Bare(TypedDict):
    """Without a meaning."""

    name: str


def list_breaches(value, shape):
    return list(find_breaches(value, shape))


def test_every_command_that_prints_json_is_in_the_contract_and_no_other():
    printing = {name for name, command in list_commands() if any("--json" in one.opts for one in command.params)}
    assert printing == set(ANSWERS)


@pytest.mark.parametrize(
    "shape",
    list(dict.fromkeys([*(answer.shape for answer in ANSWERS.values()), *NOTICES])),
    ids=lambda each: each.__name__,
)
def test_every_key_has_its_meaning_and_every_object_its_line(shape):
    for each in (shape, *find_shapes(shape)):
        assert [key.name for key in read_keys(each) if not key.meaning.endswith((".", "…"))] == []
        assert (each.__doc__ or "").endswith(".")


@pytest.mark.parametrize("invoice", [INVOICE, SPLIT])
def test_a_record_keeps_to_the_contract(invoice):
    assert list_breaches(invoice_to_json(invoice), InvoiceJson) == []


def test_notices_keep_to_the_contract():
    assert list_breaches(describe_record(SPLIT, 1, "/in", 0.0).payload, RecordedJson) == []
    assert (
        list_breaches(describe_failure(ENTRY, Failure("corrupt", "it is damaged"), None, 0.0).payload, FailedJson) == []
    )
    assert list_breaches(describe_trouble("the disk is full", 0.0).payload, TroubleJson) == []


@pytest.mark.parametrize("oldest", [None, WaitingFile("a", "seen", 0.0, 0.0, "")])
@pytest.mark.parametrize("error", [None, LastError("a", 0.0, "it is damaged", "")])
def test_the_daemon_s_health_keeps_to_the_contract(oldest, error):
    health = Health(None, None, (INBOX,), {"seen": 1}, "", 0, 0, oldest, error, 2, ("the daemon is not running",))
    values = health.to_json()
    assert (
        list_breaches({**values, "inboxes": list(values["inboxes"]), "problems": list(values["problems"])}, StatusJson)
        == []
    )


@pytest.mark.parametrize(
    ("record", "shape", "more"),
    [
        (ServiceState, ServiceJson, set()),
        (SellerMemory, SellerJson, {"records", "looks"}),
        (Change, ChangeJson, set()),
    ],
)
def test_a_record_that_is_printed_as_it_is_has_the_keys_of_the_contract(record, shape, more):
    assert {each.name for each in dataclasses.fields(record)} | more == {key.name for key in read_keys(shape)}


def test_what_is_measured_is_path_speed_and_gains():
    parts = {key.name for shape in (SpeedJson, GainsJson) for key in read_keys(shape)}
    assert parts | {"path", "loaded"} == {key.name for key in read_keys(MeasuredJson)}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"name": "a", "inner": None}, []),
        ({"name": "a", "inner": [{"number": 1}], "extra": {"x": 1.5}}, []),
        ({"name": "a", "inner": [], "new": 1}, ["$.new is undocumented"]),
        ({"inner": None}, ["$.name is missing"]),
        ({"name": 1, "inner": None}, ["$.name is 1, not text"]),
        ({"name": "a", "inner": None, "extra": {"x": "y"}}, ["$.extra.x is 'y', not number"]),
        ({"name": "a", "inner": [{"number": True}]}, ["$.inner is [{'number': True}], not list of [Inner"]),
        ([], ["$ is [], no object"]),
    ],
)
def test_a_breach_is_found(value, said):
    found = list_breaches(value, Outer)
    assert len(said) == len(found)
    assert all(text in fault for text, fault in zip(said, found, strict=True))


def test_a_key_without_a_meaning_is_refused():
    with pytest.raises(ValueError, match=r"Bare\.name has no meaning"):
        read_keys(Bare)
