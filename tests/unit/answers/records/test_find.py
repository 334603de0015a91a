import hashlib

import pytest

from invoicewatch.answers.records.find import find_original, read_invoice
from invoicewatch.errors import ConfigError


def test_a_record_is_found_by_its_number_and_by_the_beginning_of_its_sum(shelf):
    number = shelf.save("a.pdf")
    start = hashlib.sha256(b"a.pdf").hexdigest()[:8]
    assert number == read_invoice(shelf.state, str(number)).id == read_invoice(shelf.state, start.upper()).id


def test_a_part_is_found_behind_its_files_sum(shelf):
    _, second = shelf.save_parts("stack.pdf")
    assert second == read_invoice(shelf.state, hashlib.sha256(b"stack.pdf").hexdigest() + "/2").id


@pytest.mark.parametrize("name", ["7", "abc", "no such", "", "-1"])
def test_what_names_no_record_is_refused_with_a_remedy(shelf, name):
    with pytest.raises(ConfigError, match="no invoice") as caught:
        read_invoice(shelf.state, name)
    assert ("no_invoice", True) == (caught.value.code, "invoicewatch list" in caught.value.remedy)


def test_the_original_is_looked_for_where_it_was_filed_and_then_where_it_came_from(shelf):
    stored = read_invoice(shelf.state, str(shelf.save("a.pdf")))
    assert shelf.archive / "a.pdf" == find_original(stored)
    (shelf.archive / "a.pdf").unlink()
    assert find_original(stored) is None
    (shelf.folder / "inbox").mkdir()
    (shelf.folder / "inbox" / "a.pdf").touch()
    assert shelf.folder / "inbox" / "a.pdf" == find_original(stored)
