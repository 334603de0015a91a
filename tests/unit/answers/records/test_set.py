from datetime import date
from decimal import Decimal

import pytest

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.answers.records.set import Difference, make_entries, set_values
from invoicewatch.errors import ConfigError
from invoicewatch.store.records.entries import Entry


def test_typed_texts_become_entries():
    typed = [("total", "1.250,00"), ("issue_date", "5.3.2024"), ("due_date", ""), ("status", "review")]
    expected = {
        "total": Entry(Decimal("1250.00")),
        "issue_date": Entry(date(2024, 3, 5)),
        "due_date": Entry(None),
        "status": Entry("needs_review"),
        "iban": Entry(withdrawn=True),
    }
    assert expected == make_entries(typed, ["iban"])


@pytest.mark.parametrize(
    ("typed", "undo", "message"),
    [
        ([("colour", "red")], [], "no field 'colour'"),
        ([], ["colour"], "no field 'colour'"),
        ([("total", "twelve")], [], "no amount"),
        ([("status", "paid")], [], "no status"),
        ([], [], "nothing to set"),
    ],
)
def test_what_means_nothing_is_refused_with_a_remedy(typed, undo, message):
    with pytest.raises(ConfigError, match=message) as caught:
        make_entries(typed, undo)
    assert caught.value.remedy


def test_a_value_is_kept_told_beside_the_one_before_and_taken_back(shelf):
    before = read_invoice(shelf.state, str(shelf.save("a.pdf")))
    entries = make_entries([("total", "7.77"), ("due_date", "2024-04-05")])
    told = set_values(shelf.state, before, entries, who="ann", when=shelf.now)
    assert [Difference("total", "12.50", "7.77"), Difference("due_date", None, "2024-04-05")] == told
    after = read_invoice(shelf.state, str(before.id))
    assert [("ann", shelf.now), ("ann", shelf.now)] == [(entry.who, entry.entered) for entry in after.entries]
    back = set_values(shelf.state, after, make_entries([], ["total"]), who="ann", when=shelf.now)
    assert [Difference("total", "7.77", "12.50")] == back
