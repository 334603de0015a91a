"""Two tiny e-invoices in XML need no engine: real workers read them, and the database is real."""

import json

import msgspec
import pytest

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.answers.records.set import make_entries, set_values
from invoicewatch.answers.runs.as_json import rerun_to_json
from invoicewatch.answers.runs.choice import Choice
from invoicewatch.answers.runs.process import process_files
from invoicewatch.answers.runs.reprocess import plan_rerun, rerun, resume_rerun
from invoicewatch.config import Config
from invoicewatch.records import Status
from invoicewatch.samples.files.cii import write_cii
from invoicewatch.samples.invent.document import make_spec
from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.store.database.reader import open_reader

EVERYTHING = Choice(everything=True)


@pytest.fixture
def files(shelf):
    paths = [shelf.folder / f"{seed}.xml" for seed in (1, 2)]
    for seed, path in enumerate(paths, start=1):
        path.write_bytes(write_cii(make_spec(seed, Kind.INVOICE, "DE")))
    return paths


@pytest.fixture
def config(shelf):
    config = Config()
    paths = msgspec.structs.replace(config.paths, state=str(shelf.state))
    correct = msgspec.structs.replace(config.correct, mode="off")
    workers = msgspec.structs.replace(config.workers, count=1)
    return msgspec.structs.replace(config, paths=paths, correct=correct, workers=workers)


def test_files_come_in_order_and_what_is_known_comes_as_a_duplicate(shelf, files, config):
    gone = shelf.folder / "gone.xml"
    statuses = [parts[0].status for parts in process_files(config, [files[0], gone])]
    assert Status.FAILED is statuses[1] is not statuses[0]
    first, second = (parts[0] for parts in process_files(config, files))
    assert (Status.DUPLICATE, str(files[0])) == (first.status, first.path)
    assert Status.DUPLICATE is not second.status
    assert str(files[1]) == read_invoice(shelf.state, "2").machine.path


def test_nothing_is_kept_where_nothing_is_to_be_stored(shelf, files, config):
    assert 1 == len([parts for parts in process_files(config, files[:1], store=False) if parts[0].fields])
    with open_reader(shelf.state) as reader:
        assert [] == reader.rows("SELECT id FROM invoice")


def test_a_run_over_records_is_remembered_until_it_is_through(shelf, files, config):
    list(process_files(config, files))
    set_values(shelf.state, read_invoice(shelf.state, "1"), make_entries([("total", "7.77")]), who="a", when=shelf.now)
    files[1].unlink()
    plan = plan_rerun(shelf.state, EVERYTHING, shelf.now, keep=True)
    assert ((2,), [(1,)]) == (plan.missing, [file.ids for file in plan.files])
    assert {1, 2} >= {number for file in resume_rerun(shelf.state).files for number in file.ids}
    (file,) = rerun(config, plan, who="anna")
    ((change, invoice),) = file.records
    assert (False, 1, ()) == (file.failed, change.number, change.changes)
    assert {"id": 1, "status": str(invoice.status), "error": None, "changes": []} == json.loads(
        json.dumps(rerun_to_json(change, invoice))
    )
    assert [] == list(shelf.state.glob("*.json"))
    assert 2 == read_invoice(shelf.state, "1").run


def test_a_trial_changes_nothing(shelf, files, config):
    list(process_files(config, files[:1]))
    plan = plan_rerun(shelf.state, EVERYTHING, shelf.now, keep=False)
    assert 1 == len(list(rerun(config, plan, who=None)))
    assert ([], 1) == (list(shelf.state.glob("*.json")), read_invoice(shelf.state, "1").run)
