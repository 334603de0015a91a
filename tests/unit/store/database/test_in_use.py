import pytest

from invoicewatch.errors import StoreError, TransientError
from invoicewatch.store.database.in_use import use_alone
from invoicewatch.store.database.writer import open_database


def test_writers_share_the_database_and_keep_a_restore_out(tmp_path):
    first, second = open_database(tmp_path), open_database(tmp_path)
    first.close()
    with pytest.raises(StoreError, match="another program writes") as caught, use_alone(tmp_path):
        pass
    assert caught.value.code == "locked"
    second.close()
    with use_alone(tmp_path):
        pass


def test_a_restore_keeps_writers_out_until_it_is_done(tmp_path):
    with use_alone(tmp_path), pytest.raises(TransientError, match="being restored"):
        open_database(tmp_path)
    open_database(tmp_path).close()


def test_a_database_that_cannot_be_opened_is_not_in_use(tmp_path):
    (tmp_path / "invoicewatch.db").write_bytes(b"no database at all. " * 500)
    with pytest.raises(StoreError):
        open_database(tmp_path)
    with use_alone(tmp_path):
        pass
