from invoicewatch.answers.records.find import read_invoice
from invoicewatch.answers.upkeep.check import build_index_anew, compare_files
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.upkeep.audit import Fault


def faults(comparison):
    return [finding.fault for finding in comparison.found]


def test_nothing_is_found_where_all_is_well(shelf):
    shelf.save("a.pdf")
    assert () == compare_files(shelf.state, shelf.archive, with_content=True).left


def test_other_bytes_are_found_only_by_reading_them(shelf):
    shelf.save("a.pdf")
    (shelf.archive / "a.pdf").write_bytes(b"a.pdF")
    assert [] == faults(compare_files(shelf.state, shelf.archive))
    assert [Fault.CHANGED] == faults(compare_files(shelf.state, shelf.archive, with_content=True))


def test_a_moved_original_is_followed_if_that_is_asked(shelf):
    number = shelf.save("a.pdf")
    moved = shelf.archive / "2024" / "a.pdf"
    moved.parent.mkdir()
    (shelf.archive / "a.pdf").rename(moved)
    shelf.save("b.pdf")
    (shelf.archive / "b.pdf").unlink()
    looked = compare_files(shelf.state, shelf.archive)
    assert looked.found == looked.left
    assert {Fault.MOVED, Fault.MISSING} == set(faults(looked))
    mended = compare_files(shelf.state, shelf.archive, mend=True)
    assert [Fault.MISSING] == [finding.fault for finding in mended.left]
    assert str(moved) == read_invoice(shelf.state, str(number)).stored_path


def test_the_index_is_built_from_the_records(shelf):
    shelf.save("a.pdf")
    with open_reader(shelf.state) as reader:
        before = len(reader.rows("SELECT rowid FROM word_index WHERE word_index MATCH 'acme'"))
    build_index_anew(shelf.state)
    with open_reader(shelf.state) as reader:
        assert before == len(reader.rows("SELECT rowid FROM word_index WHERE word_index MATCH 'acme'")) == 1
