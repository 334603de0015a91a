"""The words of pages: kept with every run, replaced by the next, and gone with their record."""

from invoicewatch.records import Box, Line, Reading, Word, keep_words
from invoicewatch.store.records.page_rows import read_page_words
from invoicewatch.store.upkeep.forget import erase_traces, forget_invoice


def make_words(page, text, turns=0):
    box = Box(0.1, 0.2, 0.3, 0.25)
    return keep_words(Reading(page, (Line(tuple(Word(w, box, 90.0, "t") for w in text.split())),), "t"), turns)


def test_each_run_replaces_the_words_of_all_pages(store):
    store.save(store.make_invoice(words=(make_words(1, "first page"), make_words(2, "second", turns=3))))
    number = store.save(store.make_invoice(words=(make_words(2, "read anew", turns=1),)))

    with store.reader() as reader:
        (kept,) = read_page_words(reader, number)
        assert read_page_words(reader, number, 2) == (kept,)
        assert read_page_words(reader, number, 1) == ()
    assert (kept.page, kept.turns) == (2, 1)
    assert [word for line in kept.list_lines() for word, _ in line] == ["read", "anew"]


def test_a_forgotten_record_leaves_no_words(store):
    number = store.save(store.make_invoice(words=(make_words(1, "unforgettable"),)))
    packed = make_words(1, "unforgettable").packed
    assert (
        packed in store.database.path.read_bytes() or packed in store.database.path.with_suffix(".db-wal").read_bytes()
    )

    with store.database.begin() as session:
        forget_invoice(session, number, store.doer)
    erase_traces(store.database)

    with store.reader() as reader:
        assert read_page_words(reader, number) == ()
    for file in store.state_dir.iterdir():
        assert packed not in file.read_bytes(), file.name
