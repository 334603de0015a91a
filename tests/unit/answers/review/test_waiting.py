import pytest

from invoicewatch.answers.review.waiting import list_waiting, read_waiting
from invoicewatch.errors import ConfigError
from invoicewatch.records import Status


def test_only_records_that_need_a_review_wait(shelf):
    shelf.save("a.pdf")
    waiting = [shelf.save(name, status=Status.NEEDS_REVIEW) for name in ("b.pdf", "c.pdf")]
    assert waiting == list_waiting(shelf.state)
    assert waiting == [stored.id for stored in read_waiting(shelf.state)]


def test_named_records_are_read_whatever_their_status(shelf):
    number = shelf.save("a.pdf")
    shelf.save("b.pdf", status=Status.NEEDS_REVIEW)
    assert [number] == [stored.id for stored in read_waiting(shelf.state, [str(number)])]


def test_a_name_that_means_nothing_is_told_when_it_is_reached(shelf):
    records = read_waiting(shelf.state, [str(shelf.save("a.pdf")), "99"])
    next(records)
    with pytest.raises(ConfigError, match="no invoice"):
        next(records)
