from datetime import UTC, datetime

import msgspec
import pytest

from invoicewatch.answers.runs.retry import retry_files
from invoicewatch.answers.transaction import begin_change
from invoicewatch.config import Config
from invoicewatch.errors import ConfigError
from invoicewatch.records.ledger import FileState, Stamp
from invoicewatch.store.database.deed import Doer
from invoicewatch.store.ledger import files as ledger

NOW_S = 1000.0


@pytest.fixture
def config(shelf):
    paths = msgspec.structs.replace(Config().paths, state=str(shelf.state))
    return msgspec.structs.replace(Config(), paths=paths)


@pytest.fixture
def set_aside(shelf):
    """A record of a file that was set aside, where its file lies now, and its number in the ledger."""
    number = shelf.save("a.pdf")
    file = shelf.archive / "a.pdf"
    with begin_change(shelf.state) as session:
        new = ledger.NewFile(b"/inbox/a.pdf", Stamp(1, 2, 3), None, 10.0)
        ledger.add_seen(session, "/inbox", [new], now_s=10.0, settle_s=5.0)
        (entry,) = ledger.list_owners(session, "/inbox")
        ledger.change_state(session, entry.id, FileState.SETTLED, 20.0)
        ledger.change_state(session, entry.id, FileState.CLAIMED, 20.0, sha256="0" * 64)
        ledger.change_state(session, entry.id, FileState.SET_ASIDE, 20.0)
        ledger.note(session, entry.id, target=str(file).encode(), invoice_id=number, filed_s=20.0)
    return number, file, entry.id


def find_state(shelf, entry_id):
    with begin_change(shelf.state) as session:
        return ledger.find_state(session, entry_id)


def test_a_file_that_was_set_aside_is_seen_anew_when_the_daemon_runs(shelf, config, set_aside):
    number, _, entry_id = set_aside
    retried = retry_files(config, [number], Doer("anna", datetime.fromtimestamp(NOW_S, UTC)))
    assert (1, (), False) == (retried.count, retried.missing, retried.daemon_runs)
    assert find_state(shelf, entry_id) not in {FileState.SET_ASIDE, FileState.GONE}


def test_a_file_that_is_gone_is_named(shelf, config, set_aside):
    _, file, entry_id = set_aside
    file.unlink()
    retried = retry_files(config, [], Doer("anna", datetime.fromtimestamp(NOW_S, UTC)), failed=True)
    assert (0, (str(file),)) == (retried.count, retried.missing)
    assert FileState.GONE is find_state(shelf, entry_id)


def test_a_record_that_came_through_no_inbox_cannot_be_retried(shelf, config):
    with pytest.raises(ConfigError, match="did not come through an inbox") as caught:
        retry_files(config, [shelf.save("a.pdf")], Doer("anna", datetime.fromtimestamp(NOW_S, UTC)))
    assert "process --again" in caught.value.remedy
