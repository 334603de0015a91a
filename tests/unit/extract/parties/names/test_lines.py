import pytest

from invoicewatch.extract.page.legal_forms import drop_mentioned_form, find_legal_form, has_legal_form
from invoicewatch.extract.parties.names.lines import clean_name, goes_on, is_name_like


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ORBIT CO. (M) BHD (126926-H)", "ORBIT CO. (M) BHD"),
        ("LANTERN CAKE CORNER SDN BHD 862725-U", "LANTERN CAKE CORNER SDN BHD"),
        ("Au vieux pressoir SARL - 1242 chemin du bois", "Au vieux pressoir SARL"),
        ("Versicherungsverein a.G. -", "Versicherungsverein a.G."),
        ("Operated by: Fine Food Ltd", "Fine Food Ltd"),
        ("MYSHOP RETAIL SB(306295-X) FKA BISON STORES SB", "MYSHOP RETAIL SB"),
        ("JOLLY N MERRY (TARUNA)", "JOLLY N MERRY (TARUNA)"),
        ("Orbit Trading (126926-H)", "Orbit Trading"),
        ("Orbit Sdn Bhd 126926", "Orbit Sdn Bhd"),
        ("Westhaven California 94301", "Westhaven California 94301"),  # a postcode, not a number in a register
        ("Harbour Books #12345", "Harbour Books #12345"),
    ],
)
def test_a_name_is_freed_from_what_stands_beside_it(text, name):
    assert clean_name(text) == name


@pytest.mark.parametrize(
    "text",
    ["12 High Street", "43300 Seri Kembangan", "Tel: 03-2164 1400", "info@acme.example", "17,50", "Thank you", "OE"],
)
def test_addresses_contacts_and_courtesies_are_no_names(text):
    assert not is_name_like(text)


@pytest.mark.parametrize(
    "text", ["Acme GmbH & Co. KG", "Fjord AS", "Bang Sdn. Bhd.", "Rossi S.r.l.", "Jansen B.V.", "X Y AG"]
)
def test_legal_forms_are_seen(text):
    assert find_legal_form(text) is not None


@pytest.mark.parametrize("text", ["as good as gold", "GmbH", "see page 2", "Ab sofort", "so se ha dicho"])
def test_words_are_no_legal_forms(text):
    assert find_legal_form(text) is None


def test_a_legal_form_that_was_misread_by_a_letter_is_still_one():
    assert has_legal_form("SKCA HARDWARE SON. BHD.")
    assert not has_legal_form("Johnson and Sons")


def test_only_french_forms_are_mentioned_beside_a_name():
    assert drop_mentioned_form("Dupont SARL au capital de 10 000 €") == "Dupont"
    assert drop_mentioned_form("Nordlicht Druck GmbH") == "Nordlicht Druck GmbH"


@pytest.mark.parametrize("rest", ["Ltd", "Restaurant Pte Ltd", "Handel GmbH", "Trading Co. Ltd", "Restaurant & Bar"])
def test_a_name_goes_on_with_its_trade_and_legal_form(rest):
    assert goes_on("Olive", rest)


@pytest.mark.parametrize(
    ("above", "text"),
    [("Olive", "Harbour Books Ltd"), ("Olive GmbH", "Handel GmbH"), ("Olive Ltd", "Restaurant"), ("Olive", "-----")],
)
def test_another_company_is_no_rest_of_the_name_above(above, text):
    assert not goes_on(above, text)
