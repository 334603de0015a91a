import pytest

from invoicewatch.answers.records.set import enter
from invoicewatch.answers.review.waiting import list_waiting, read_waiting
from invoicewatch.errors import ConfigError
from invoicewatch.records import Status
from invoicewatch.store.records.entries import Entry


def test_only_records_that_need_a_review_wait(shelf):
    shelf.save("a.pdf")
    waiting = [shelf.save(name, status=Status.NEEDS_REVIEW) for name in ("b.pdf", "c.pdf")]
    assert waiting == list_waiting(shelf.state)
    assert waiting == [each.stored.id for each in read_waiting(shelf.state)]


def test_named_records_are_read_whatever_their_status(shelf):
    number = shelf.save("a.pdf")
    shelf.save("b.pdf", status=Status.NEEDS_REVIEW)
    assert [number] == [each.stored.id for each in read_waiting(shelf.state, [str(number)])]


def test_a_name_that_means_nothing_is_told_when_it_is_reached(shelf):
    records = read_waiting(shelf.state, [str(shelf.save("a.pdf")), "99"])
    next(records)
    with pytest.raises(ConfigError, match="no invoice"):
        next(records)


def test_documents_of_one_seller_come_together_and_say_how_many_others_wait(shelf):
    names = {"a.pdf": "Acme Ltd", "b.pdf": "Müller AG", "c.pdf": "ACME LTD", "d.pdf": None, "e.pdf": None}
    acme, mueller, again, *unknown = (
        shelf.save(name, status=Status.NEEDS_REVIEW, seller_name=seller) for name, seller in names.items()
    )
    assert list_waiting(shelf.state) == [acme, again, mueller, *unknown]
    assert [each.others for each in read_waiting(shelf.state)] == [1, 1, 0, 0, 0]


def test_what_was_settled_meanwhile_is_passed_over(shelf):
    first, second, third = (shelf.save(name, status=Status.NEEDS_REVIEW) for name in ("a.pdf", "b.pdf", "c.pdf"))
    records = read_waiting(shelf.state)
    assert next(records).stored.id == first
    enter(shelf.state, second, {"status": Entry("accepted")}, who="anna", when=shelf.now)
    assert [each.stored.id for each in records] == [third]
