"""Who stands as the buyer on most documents counts as the office itself."""

from itertools import count

import pytest

from invoicewatch.records import Status
from invoicewatch.store.memory.learning import learn, load_memory
from invoicewatch.store.memory.office import LearnedOffice, find_office
from invoicewatch.store.records.entries import Entry, enter_values


@pytest.fixture
def fill(store):
    """Save a document for each buyer; None names none."""

    numbers = count(1)

    def fill(buyers, **changes):
        for buyer in buyers:
            invoice = store.make_invoice(f"{next(numbers)}.pdf", **changes)
            store.save(store.with_fields(invoice, buyer_name=buyer))

    return fill


def find(store):
    with store.reader() as reader:
        return find_office(reader)


def test_the_buyer_of_most_documents_is_learned_as_most_write_it(store, fill):
    fill(["Studio Nord GmbH"] * 7 + ["STUDIO NORD GMBH."] * 3 + ["Somebody Else"] * 2 + [None] * 30)
    assert LearnedOffice("Studio Nord GmbH", 10, 12) == find(store)
    with store.database.begin() as session:
        assert ("Studio Nord GmbH",) == load_memory(session).office


@pytest.mark.parametrize(
    "buyers",
    [
        [],
        [None] * 20,
        ["Studio Nord GmbH"] * 9,
        ["Studio Nord GmbH"] * 11 + [f"Customer {letter}" for letter in "ABCDEFGH"],
        ["Acme Widgets Ltd"] * 20,  # who is the seller of the same documents
    ],
)
def test_too_few_too_many_others_or_the_seller_itself_teach_nothing(store, fill, buyers):
    fill(buyers)
    assert find(store) is None
    with store.database.begin() as session:
        assert () == load_memory(session).office


def test_what_a_person_says_of_the_buyer_counts(store, fill):
    fill(["Studio Nord GmbH"] * 9 + ["Studlo Nard GmbH"])
    with store.database.begin() as session:
        enter_values(session, 10, {"buyer_name": Entry("Studio Nord GmbH")}, who="anna", when=store.arrived)
    assert LearnedOffice("Studio Nord GmbH", 10, 10) == find(store)
    with store.database.begin() as session:
        enter_values(session, 10, {"buyer_name": Entry(withdrawn=True)}, who="anna", when=store.arrived)
    assert find(store) is None


def test_duplicates_do_not_count(store, fill):
    fill(["Studio Nord GmbH"] * 9)
    fill(["Studio Nord GmbH"] * 3, status=Status.DUPLICATE)
    assert find(store) is None


def test_who_is_remembered_as_a_seller_is_not_the_office(store, fill):
    fill(["Studio Nord GmbH"] * 12)
    for number in (1, 2):
        sold = store.with_fields(store.make_invoice(f"sold-{number}.pdf"), seller_name="Studio Nord GmbH")
        with store.database.begin() as session:
            learn(session, sold)
    assert find(store) is None
