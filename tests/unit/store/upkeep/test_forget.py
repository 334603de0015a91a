import pytest

from invoicewatch.records.ledger import FileState, Stamp
from invoicewatch.store.database.schema import database_path
from invoicewatch.store.ledger import files as ledger
from invoicewatch.store.upkeep.forget import InWorkError, erase_traces, forget_invoice, list_files

SECRET = "zanzibarsecret"


def forget(store, number):
    with store.database.begin() as session:
        return forget_invoice(session, number, store.doer)


def everything(store):
    return b"".join(file.read_bytes() for file in store.state_dir.iterdir())


def test_no_trace_is_left_in_the_files(store):
    store.save(store.make_invoice("other.pdf"))
    invoice = store.with_fields(store.make_invoice(raw_text=f"Acme {SECRET}", enhanced_text=None), seller_name=SECRET)
    number = store.save(invoice)
    assert SECRET.encode() in everything(store)
    assert forget(store, number)
    erase_traces(store.database)
    assert SECRET.encode() not in everything(store)
    assert SECRET[4:10].encode() not in everything(store)


def test_no_trace_is_left_of_what_was_read_before(store):
    first = store.make_invoice(raw_text=f"Acme {SECRET}", enhanced_text=None)
    number = store.save(store.with_fields(first, seller_name=f"{SECRET} Ltd", invoice_number=f"{SECRET}1"))
    assert number == store.save(store.make_invoice())
    assert SECRET.encode() in everything(store)
    assert forget(store, number)
    erase_traces(store.database)
    assert SECRET[4:10].encode() not in everything(store)


def test_other_records_are_still_found_and_sound(store):
    kept = store.save(store.make_invoice("kept.pdf"))
    forget(store, store.save(store.make_invoice("gone.pdf")))
    with store.reader() as reader:
        rows = reader.rows("SELECT rowid FROM word_index WHERE word_index MATCH 'acme'")
        assert [row["rowid"] for row in rows] == [kept]
        assert reader.rows("SELECT count(*) AS n FROM word WHERE term = 'acme'")[0]["n"] == 1
        for table in ("run", "field", "edit", "text", "human_value"):
            numbers = {row[0] for row in reader.rows(f"SELECT invoice_id FROM {table}")}
            assert numbers <= {kept}, table


def test_an_unknown_record_is_not_forgotten(store):
    assert not forget(store, 7)


def test_the_files_of_a_record_are_named(store):
    number = store.save(store.make_invoice(), stored_path="/archive/scan.pdf")
    with store.database.begin() as session:
        assert list_files(session, number) == ["/archive/scan.pdf", "/inbox/scan.pdf"]


def test_the_database_is_still_there(store):
    forget(store, store.save(store.make_invoice()))
    erase_traces(store.database)
    assert database_path(store.state_dir).exists()
    assert store.save(store.make_invoice())


def bring_file_to(store, sha256, *states):
    """A file with these bytes on its way through the ledger."""
    with store.database.begin() as session:
        files = [ledger.NewFile(b"/inbox/again.pdf", Stamp(1, 2, 3), None, 10.0)]
        ledger.add_seen(session, "/inbox", files, now_s=10.0, settle_s=5.0)
        (entry,) = ledger.list_owners(session, "/inbox")
        for state in states:
            ledger.change_state(session, entry.id, state, 10.0, sha256=sha256, invoice_id=1)


ROAD = (FileState.SETTLED, FileState.CLAIMED, FileState.WORKING, FileState.RECORDED)


@pytest.mark.parametrize("steps", [2, 3, 4])
def test_what_is_just_being_processed_is_not_forgotten(store, steps):
    """Claimed, working, or recorded and not filed yet."""
    number = store.save(store.make_invoice())
    bring_file_to(store, store.make_invoice().sha256, *ROAD[:steps])
    with pytest.raises(InWorkError, match="is being processed") as caught:
        forget(store, number)
    assert "invoicewatch status" in caught.value.remedy
    with store.reader() as reader:
        assert reader.rows("SELECT count(*) FROM invoice")[0][0] == 1


def test_what_is_filed_is_forgotten_with_its_row_in_the_ledger(store):
    number = store.save(store.make_invoice())
    bring_file_to(store, store.make_invoice().sha256, *ROAD, FileState.FILED)
    assert forget(store, number)
    with store.reader() as reader:
        assert reader.rows("SELECT count(*) FROM file")[0][0] == 0
