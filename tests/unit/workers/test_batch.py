"""Twins are told, and only what may have a twin is kept in memory."""

from typing import Any

from invoicewatch.records import Invoice, Status
from invoicewatch.workers.batch import Batch
from invoicewatch.workers.task import Outcome


class InstantPool:
    """A pool that is done at once."""

    room = 1

    def __init__(self):
        self.done = []
        self.let_go_of = 0

    def submit(self, task):
        document = task.document
        invoice = Invoice(document.path, document.sha256, document.media_type, Status.ACCEPTED, raw_text="read")
        self.done.append(Outcome(task.key, invoices=(invoice,)))

    def let_go(self):
        assert not self.done
        self.let_go_of += 1

    def poll(self, timeout_s):
        done, self.done = self.done, []
        return done


def test_of_many_files_only_those_that_may_have_a_twin_are_remembered(tmp_path):
    files = [tmp_path / f"{number:02}.pdf" for number in range(20)]
    for number, file in enumerate(files):
        file.write_bytes(b"%PDF-" + b"x" * number)
    again = tmp_path / "again.pdf"
    again.write_bytes(files[3].read_bytes())
    pool: Any = InstantPool()
    batch = Batch(pool, [*files, again, tmp_path / "missing.pdf"], 1000)
    records = [parts[0] for parts in batch.run()]
    assert [Status.ACCEPTED] * 20 + [Status.DUPLICATE, Status.FAILED] == [record.status for record in records]
    assert records[20].raw_text == "read"
    assert [records[3].sha256] == list(batch._first)
    assert 1 == pool.let_go_of
