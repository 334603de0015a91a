import sqlite3

import pytest

from invoicewatch.answers.runs.job import Job, load_job, remove_job, save_job
from invoicewatch.errors import ConfigError
from invoicewatch.store.database.reader import open_reader


def load(shelf):
    with open_reader(shelf.state) as reader:
        return load_job(shelf.state, reader)


def test_a_job_comes_back_without_what_was_done_since(shelf):
    numbers = tuple(shelf.save(name) for name in ("a.pdf", "b.pdf"))
    with sqlite3.connect(shelf.state / "invoicewatch.db") as connection:
        connection.execute("UPDATE run SET recorded = '2020-01-01T00:00:00.000000Z' WHERE invoice_id = 1")
        connection.execute("UPDATE run SET recorded = '2030-01-01T00:00:00.000000Z' WHERE invoice_id = 2")
    connection.close()
    save_job(shelf.state, Job(numbers, shelf.now))
    assert Job(numbers[:1], shelf.now) == load(shelf)


def test_without_a_job_there_is_nothing_to_resume(shelf):
    save_job(shelf.state, Job((1,), shelf.now))
    remove_job(shelf.state)
    remove_job(shelf.state)
    with pytest.raises(ConfigError, match="nothing to resume"):
        load(shelf)


@pytest.mark.parametrize("text", ["", "[]", '{"ids": [1]}', '{"started": 5, "ids": [1]}'])
def test_a_job_that_cannot_be_understood_is_told_with_its_file(shelf, text):
    save_job(shelf.state, Job((1,), shelf.now))
    (file,) = shelf.state.glob("*.json")
    file.write_text(text)
    with pytest.raises(ConfigError, match=file.name):
        load(shelf)
