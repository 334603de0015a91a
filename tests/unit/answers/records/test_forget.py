import pytest

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.answers.records.forget import erase, plan_erasure
from invoicewatch.errors import ConfigError


def test_a_plan_changes_nothing_and_an_erasure_leaves_nothing(shelf):
    number = shelf.save("a.pdf")
    plan = plan_erasure(shelf.state, str(number))
    assert ((number,), (shelf.archive / "a.pdf",), 0) == (plan.ids, plan.files, plan.left)
    assert number == read_invoice(shelf.state, str(number)).id
    erase(shelf.state, plan, shelf.doer)
    assert not (shelf.archive / "a.pdf").exists()
    with pytest.raises(ConfigError, match="no invoice"):
        read_invoice(shelf.state, str(number))


def test_a_file_with_other_bytes_or_that_is_to_stay_stays(shelf):
    number = str(shelf.save("a.pdf"))
    assert () == plan_erasure(shelf.state, number, keep_files=True).files
    (shelf.archive / "a.pdf").write_bytes(b"edited")
    assert () == plan_erasure(shelf.state, number).files


def test_the_file_of_several_records_goes_only_with_all_of_them(shelf):
    first, second = shelf.save_parts("stack.pdf")
    plan = plan_erasure(shelf.state, str(first))
    assert ((first,), (), 1) == (plan.ids, plan.files, plan.left)
    whole = plan_erasure(shelf.state, str(second), whole_file=True)
    assert ((second, first), (shelf.archive / "stack.pdf",), 0) == (whole.ids, whole.files, whole.left)
