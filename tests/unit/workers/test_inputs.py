import pytest

from invoicewatch.config.settings import IGNORED_NAMES
from invoicewatch.errors import DocumentError
from invoicewatch.workers.inputs import find_inputs, read_document


@pytest.fixture
def folder(tmp_path):
    for name in ("b.pdf", "a/c.PNG", "a/notes.txt", ".trash/old.pdf", "a/~$b.pdf", "THUMBS.DB.pdf", "a/thumbs.DB"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"content")
    return tmp_path


def test_a_folder_gives_its_scans_in_order_without_what_an_inbox_passes_over(folder):
    found = find_inputs([folder], IGNORED_NAMES)
    assert ["THUMBS.DB.pdf", "b.pdf", "a/c.PNG"] == [str(file.relative_to(folder)) for file in found.files]
    assert 1 == found.left_out


def test_a_file_that_is_named_is_taken_whatever_it_is_called_and_once(folder):
    hidden = folder / ".trash" / "old.pdf"
    assert (hidden,) == find_inputs([hidden, hidden], IGNORED_NAMES).files


def test_a_file_beyond_the_limit_is_refused(folder):
    assert read_document(folder / "b.pdf", max_bytes=7).content == b"content"
    with pytest.raises(DocumentError, match="more than the 6 allowed"):
        read_document(folder / "b.pdf", max_bytes=6)
