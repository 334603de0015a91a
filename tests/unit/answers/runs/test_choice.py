import pytest

from invoicewatch.answers.runs.choice import Choice, choose_records, find_known_files
from invoicewatch.errors import ConfigError
from invoicewatch.records import Status
from invoicewatch.store.database.reader import open_reader


@pytest.fixture
def numbers(shelf):
    """An accepted record, one to review, and one that an old engine read."""
    return [
        shelf.save("a.pdf"),
        shelf.save("b.pdf", status=Status.NEEDS_REVIEW),
        shelf.save("c.pdf", engine="tesseract 4.1.0 eng"),
    ]


def choose(shelf, **choice):
    with open_reader(shelf.state) as reader:
        return choose_records(reader, Choice(**choice))


def test_records_are_chosen_by_name_once_each(shelf, numbers):
    assert numbers[1:2] == choose(shelf, names=("2", "2"))


def test_records_are_chosen_by_what_they_have_in_common(shelf, numbers):
    assert numbers == choose(shelf, everything=True)
    assert numbers[1:2] == choose(shelf, status="review")
    assert numbers[2:] == choose(shelf, engine_older_than="5.0")


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({}, "nothing to read again"),
        ({"status": "paid"}, "no status"),
        ({"engine_older_than": "new"}, "no version"),
        ({"names": ("99",)}, "no invoice"),
    ],
)
def test_a_choice_that_means_nothing_is_refused(shelf, numbers, choice, message):
    with pytest.raises(ConfigError, match=message) as caught:
        choose(shelf, **choice)
    assert caught.value.remedy


def test_only_files_that_hold_the_recorded_bytes_are_read_again(shelf, numbers):
    (shelf.archive / "a.pdf").unlink()
    (shelf.archive / "b.pdf").write_bytes(b"edited")
    with open_reader(shelf.state) as reader:
        files = find_known_files(reader, numbers)
    assert [(shelf.archive / "c.pdf", (numbers[2],))] == [(file.path, file.ids) for file in files]


def test_a_file_of_many_records_is_read_once(shelf):
    parts = shelf.save_parts("stack.pdf")
    with open_reader(shelf.state) as reader:
        files = find_known_files(reader, parts)
    assert [tuple(parts)] == [file.ids for file in files]
