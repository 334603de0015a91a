import pytest

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.answers.records.set import make_entries, set_values
from invoicewatch.answers.upkeep.memory import choose_seller, find_sellers, forget_habits, seller_to_json
from invoicewatch.errors import ConfigError


@pytest.fixture
def known(shelf):
    """Two sellers, of whom the one's name begins with the other's, each ."""
    for name in ("Acme", "Acme Steel"):
        for number in (1, 2):
            stored = read_invoice(shelf.state, str(shelf.save(f"{name} {number}.pdf")))
            entries = make_entries([("seller_name", name), ("currency", "EUR")])
            set_values(shelf.state, stored, entries, who="ann", when=shelf.now)
    return find_sellers(shelf.state)


def test_sellers_are_found_by_any_part_of_their_names(shelf, known):
    assert ["Acme", "Acme Steel"] == [one.habits.name for one in known]
    assert ["Acme Steel"] == [one.habits.name for one in find_sellers(shelf.state, "STEEL")]


def test_the_exact_name_outranks_the_others_that_hold_it(known):
    assert "Acme" == choose_seller(known, "acme").habits.name
    assert "Acme Steel" == choose_seller(known[1:], "steel").habits.name


@pytest.mark.parametrize(("name", "message"), [("ac", "2 sellers match"), ("", "no seller is named")])
def test_no_seller_is_chosen_where_it_is_not_clear_which(known, name, message):
    with pytest.raises(ConfigError, match=message):
        choose_seller(known, name)


def test_what_was_learned_of_one_is_forgotten_and_the_other_stays(shelf, known):
    assert 2 == forget_habits(shelf.state, known[0], shelf.doer)
    assert ["Acme Steel"] == [one.habits.name for one in find_sellers(shelf.state)]


def test_a_seller_is_plain_json_with_the_records_that_proved_it(known):
    values = seller_to_json(known[0])
    assert ("Acme", 2, [1, 2]) == (values["name"], values["proofs"], values["records"])
