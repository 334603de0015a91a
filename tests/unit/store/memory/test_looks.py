"""What documents teach of how their seller's paper looks, kept, summed up and taken back."""

import json
import zlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.records import (
    Box,
    Candidate,
    Field,
    Invoice,
    Lattice,
    Line,
    Look,
    Memory,
    Path,
    Reading,
    Sketch,
    Source,
    Spot,
    Status,
    Word,
)
from invoicewatch.records.looks.paper import WHERE_PRINTED, Beside, write_money
from invoicewatch.records.memory import MemoryChange
from invoicewatch.store.database.writer import open_database
from invoicewatch.store.memory.common import SketchedLesson, find_places, sum_up_look
from invoicewatch.store.memory.learning import contradict, forget_seller, learn, load_memory, unlearn
from invoicewatch.store.memory.packing import pack, pack_readings, unpack, unpack_readings

WORDS = tuple((number, 3 * number, 4 * number) for number in range(1, 13))


@pytest.fixture
def database(tmp_path):
    database = open_database(tmp_path)
    yield database
    database.close()


def make_field(name, value, *, source=Source.HUMAN, method="entered by me", verified=True):
    return Field(name, value, 1.0, verified, 1, None, source, method, "")


def make_sketch(total="99", *, label="grandsum", marks=("vat:gb980780684",), words=WORDS):
    spots = (Spot("money", total, after=label), Spot("date", "2026-04-13", after="chargedon"))
    return Sketch(marks, words, spots, ("sum",), ("20",), "GBP", "invoice")


def make_invoice(number, amount="99", **changes):
    fields = {"total": make_field("total", Decimal(amount)), "issue_date": make_field("issue_date", date(2026, 4, 13))}
    sketch = changes.pop("sketch", make_sketch(write_money(Decimal(amount))))
    return Invoice(
        f"/{number}.pdf", f"sha{number}", "application/pdf", Status.ACCEPTED, fields=fields | changes, sketch=sketch
    )


def learn_all(database, *invoices):
    for invoice in invoices:
        with database.begin() as session:
            learn(session, invoice)
    with database.begin() as session:
        return load_memory(session)


def places_of(memory):
    (look,) = memory.looks.looks.values()
    return {(place.name, place.words): place.count for place in look.places}


def test_documents_of_one_paper_make_one_look(database):
    (look,) = learn_all(database, make_invoice(1), make_invoice(2, "112.50")).looks.looks.values()
    assert (look.lessons, look.least, look.most, look.totals) == (2, "99", "112.5", 2)
    assert (look.marks, look.words, look.currencies, look.rates) == (("vat:gb980780684",), WORDS, ("GBP",), ("20",))
    assert {(each.name, each.beside, each.words, each.count) for each in look.places} == {
        ("total", Beside.AFTER, "grandsum", 2),
        ("issue_date", Beside.AFTER, "chargedon", 2),
    }


def test_another_layout_of_the_same_seller_is_another_look(database):
    moved = tuple((word, 90 - 2 * x, 60 - y) for word, x, y in WORDS)
    memory = learn_all(database, make_invoice(1), make_invoice(2, sketch=make_sketch(words=moved)))
    assert [look.lessons for look in memory.looks.looks.values()] == [1, 1]
    assert len(memory.looks.by_mark["vat:gb980780684"]) == 2


def test_another_seller_with_the_same_paper_is_another_look(database):
    other = make_sketch(marks=("vat:gb802311242", "host:program"))
    mine = make_sketch(marks=("vat:gb980780684", "host:program"))
    memory = learn_all(database, make_invoice(1, sketch=mine), make_invoice(2, sketch=other))
    assert [look.lessons for look in memory.looks.looks.values()] == [1, 1]


def test_what_a_look_decided_teaches_nothing(database):
    decided = make_field("total", Decimal(99), source=Source.OCR, method=f"{WHERE_PRINTED}, 2 documents; text layer")
    memory = learn_all(database, make_invoice(1, total=decided))
    assert ("total", "grandsum") not in places_of(memory)


def test_a_place_where_another_value_stood_once_is_none(database):
    wrong = make_invoice(2, "150", sketch=make_sketch("99"))
    assert ("total", "grandsum") not in places_of(learn_all(database, make_invoice(1), wrong))


def test_a_figure_that_the_engine_misread_does_not_contradict(database):
    misread = make_invoice(2, "98", sketch=make_sketch("99"))
    assert places_of(learn_all(database, make_invoice(1), misread))["total", "grandsum"] == 1


def test_a_contrary_answer_forgets_where_the_field_stood(database):
    learn_all(database, make_invoice(1), make_invoice(2), make_invoice(3))
    answered = make_invoice(4, "112.50", sketch=replace(make_sketch("112.5", label="amountdue")))
    learn_all(database, answered)
    with database.begin() as session:
        contradict(session, "sha4", 0, ["total"])
        memory = load_memory(session)
    assert {key: count for key, count in places_of(memory).items() if key[0] == "total"} == {("total", "amountdue"): 1}
    assert places_of(memory)["issue_date", "chargedon"] == 4


def test_what_one_document_taught_is_taken_back(database):
    learn_all(database, make_invoice(1), make_invoice(2))
    with database.begin() as session:
        unlearn(session, "sha1", 0)
        assert places_of(load_memory(session))["total", "grandsum"] == 1
        unlearn(session, "sha2", 0)
        memory = load_memory(session)
        left = [session.connection().exec_driver_sql(f"SELECT COUNT(*) FROM {table}").scalar() for table in TABLES]
    assert (memory.looks.looks, left) == ({}, [0, 0, 0])


TABLES = ("look", "look_lesson", "look_mark")


def test_a_seller_is_forgotten_with_its_looks(database):
    named = make_field("seller_name", "Nordwind Cloud Ltd")
    learn_all(database, make_invoice(1, seller_name=named), make_invoice(2, seller_name=named))
    with database.begin() as session:
        assert forget_seller(session, "nordwindcloudltd") == 2
        memory = load_memory(session)
    assert (memory.sellers, memory.looks.looks) == ((), {})


def test_a_seller_without_a_name_is_forgotten_by_its_look(database):
    (key,) = learn_all(database, make_invoice(1)).looks.looks
    with database.begin() as session:
        assert forget_seller(session, f"look:{key}") == 1
        assert load_memory(session).looks.looks == {}


def test_a_look_keeps_its_latest_twenty_lessons(database):
    (look,) = learn_all(database, *(make_invoice(number) for number in range(25))).looks.looks.values()
    assert look.lessons == 20
    with database.begin() as session:
        rows = session.connection().exec_driver_sql("SELECT sha256 FROM look_lesson").scalars().all()
    assert sorted(rows) == sorted(f"sha{number}" for number in range(5, 25))


def test_only_what_changed_is_loaded_and_sent(database):
    other = make_sketch(marks=("vat:gb802311242",))
    older = learn_all(database, make_invoice(1), make_invoice(2, sketch=other))
    learn_all(database, make_invoice(3))
    with database.begin() as session:
        newer, whole = load_memory(session, older), load_memory(session)
    change = MemoryChange.between(older, newer)
    assert newer == whole
    assert [look.lessons for look in change.looks] == [2]
    assert change.apply(older) == newer
    with database.begin() as session:
        assert load_memory(session, newer) is newer


def test_a_look_that_is_forgotten_leaves_an_older_snapshot_too(database):
    older = learn_all(database, make_invoice(1))
    with database.begin() as session:
        unlearn(session, "sha1", 0)
        newer = load_memory(session, older)
    assert newer.looks.looks == {}
    assert MemoryChange.between(older, newer).apply(older).looks.by_mark.get("vat:gb980780684", ()) == ()


AMOUNTS = st.lists(st.integers(1, 9_999).map(str), min_size=1, max_size=6)


@given(st.lists(st.tuples(AMOUNTS, st.integers(0, 5)), min_size=1, max_size=6))
def test_a_learned_place_gives_the_right_value_on_every_paper_that_taught_it(papers):
    lessons = [
        SketchedLesson(
            Sketch(spots=tuple(Spot("money", amount, after="total") for amount in amounts)),
            {"total": amounts[index % len(amounts)]},
        )
        for amounts, index in papers
    ]
    for place in find_places("total", lessons):
        taught = 0
        for lesson in lessons:
            values = [spot.value for spot in lesson.sketch.spots]
            stands_first, stands_last = values[0] == lesson.values["total"], values[-1] == lesson.values["total"]
            taught += (stands_first or not place.first) and (stands_last or not place.last)
        assert taught >= place.count >= 1


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=9)
SIDES = st.floats(0, 1, allow_nan=False)
BOXES = st.builds(Box, SIDES, SIDES, SIDES, SIDES)
CANDIDATES = st.builds(Candidate, TEXT, st.floats(0, 100), TEXT)
READ_WORDS = st.builds(
    Word, TEXT, BOXES, st.floats(0, 100), TEXT, st.lists(CANDIDATES, max_size=2).map(tuple), st.none() | TEXT
)
PATHS = st.builds(Path, TEXT, st.integers(-2000, 0).map(lambda hundredths: hundredths / 100))
LATTICES = st.builds(Lattice, st.integers(0, 3), st.integers(0, 3), TEXT, st.lists(PATHS, max_size=3).map(tuple))
LINES = st.builds(
    Line, st.lists(READ_WORDS, min_size=1, max_size=3).map(tuple), st.lists(LATTICES, max_size=2).map(tuple)
)
READINGS = st.builds(
    Reading, st.integers(1, 9), st.lists(LINES, max_size=3).map(tuple), TEXT, st.sampled_from(Source),
    st.lists(BOXES, max_size=2).map(tuple),
)  # fmt: skip


@given(st.lists(READINGS, max_size=2))
def test_readings_come_back_as_they_were_to_a_hundred_thousandth_of_the_page(readings):
    found = unpack_readings(pack_readings(readings))
    assert [each.text for each in found] == [each.text for each in readings]
    for now, before in zip((w for r in found for w in r.words), (w for r in readings for w in r.words), strict=True):
        assert now.box == pytest.approx(before.box, abs=1e-5)
        assert replace(now, box=before.box) == before
    lattices = [[line.lattices for line in reading.lines] for reading in found]
    assert lattices == [[line.lattices for line in reading.lines] for reading in readings]
    assert pack_readings(found) == pack_readings(readings)


def test_readings_that_were_packed_before_there_were_lattices_are_unpacked():
    reading = Reading(1, (Line((Word("Sum", Box(0, 0, 0.1, 0.1), 90.0, "eye"),)),), "eye")
    without = msgspec.msgpack.decode(zlib.decompress(pack_readings([reading])))
    assert unpack_readings(zlib.compress(msgspec.msgpack.encode([each[:5] for each in without]))) == (reading,)


def test_a_look_comes_back_as_it_was():
    lesson = SketchedLesson(make_sketch(), {"total": "99", "issue_date": "2026-04-13", "seller_name": "Nordwind"})
    look = sum_up_look(7, 3, [lesson, lesson])
    assert unpack(pack(look), Look) == look
    assert (look.seller, look.named) == ("Nordwind", 2)
    assert json.dumps(look.least) == '"99"'


def test_the_rhythm_is_the_usual_time_between_two(database):
    days = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    invoices = [make_invoice(n, issue_date=make_field("issue_date", day)) for n, day in enumerate(days)]
    (look,) = learn_all(database, *invoices).looks.looks.values()
    assert look.every_days in {29, 30}


def test_a_new_database_has_no_looks(database):
    assert learn_all(database) == Memory()
