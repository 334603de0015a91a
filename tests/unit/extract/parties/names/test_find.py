import pytest

from invoicewatch.extract.page.layout import view_page
from invoicewatch.extract.parties.names.find import find_candidates
from invoicewatch.extract.parties.ranking.hosts import list_hosts
from invoicewatch.records import Box, Line, Reading, Source, Word


@pytest.fixture
def list_names(draw):
    def list_names(picture, **options):
        page = view_page(draw(picture, **options))
        return {candidate.text for candidate in find_candidates(page, list_hosts(page))}

    return list_names


@pytest.mark.parametrize(
    ("picture", "name"),
    [
        ("A M B R A\n12 High Street", "AMBRA"),
        ("Olive\nVegetarian Kitchen\n12 High Street", "Olive Vegetarian Kitchen"),
        ("OLD\nMILL\nBAKERY\n12 High Street", "OLD MILL BAKERY"),
        ("Welcome to Brightwater\nStore 12", "Brightwater"),
        ("Please make cheques payable to\nPayable to: Ambergate Studio", "Ambergate Studio"),
        ("Harbour Books #12\nTel 123", "Harbour Books #12"),
        ("Harbour Books No: 12\nTel 123", "Harbour Books No: 12"),
        ("Harbour Books #12 D2804\nTel 123", "Harbour Books #12"),
        ("Harbour 30300\n12 High Street", "Harbour 30300"),
        ("Sommerladen Filiale 17", "Sommerladen"),
        ("Bäckerei Sommer Hauptstraße 12, 12345 Berg", "Bäckerei Sommer"),
        ("Nordlicht Druck GmbH mail@nordlicht.example", "Nordlicht Druck GmbH"),
        ("Ambergate, Westhaven, UK", "Ambergate"),
        ("x Harbour Books |", "Harbour Books"),
        ("Firma Dab sp.z.0.0", "Firma Dab sp.z.o.o"),
    ],
)
def test_a_name_is_cut_out_of_its_lines(list_names, picture, name):
    assert name in list_names(picture)


def test_a_greeting_is_no_part_of_a_name(list_names):
    names = list_names("WELCOME TO BRIGHTWATER #12\n12 High Street")
    assert "BRIGHTWATER #12" in names
    assert not any(name.startswith("WELCOME TO") for name in names)


@pytest.mark.parametrize("line", ["HARBOUR #12", "HARBOUR 0012", "HARBOUR 30300"])
def test_a_shops_number_is_not_cut_off(list_names, line):
    assert not {name.casefold() for name in list_names(f"{line}\n12 High Street")} & {"harbour"}


def test_a_name_in_the_foot_is_a_candidate_on_a_long_page(list_names):
    table = "\n".join(f"Article {n}      {n},00" for n in range(60))
    assert "Nordlicht Druck GmbH" in list_names(f"Invoice\n{table}\nNordlicht Druck GmbH, VAT id DE811569869")


def test_words_that_are_like_the_web_address_are_a_candidate(list_names):
    assert "Harbour" in list_names("visit Harbour today\nwww.harbour.example")


def test_the_host_itself_is_no_name(list_names):
    assert "harbour" not in list_names("12 High Street\nwww.harbour.example")


def test_two_lines_that_fell_into_one_row_are_told_apart():
    def word(text, x, y):
        return Word(text, Box(x, y, x + 0.1, y + 0.02), 90.0, "rapidocr")

    lines = (
        Line((word("OSKA", 0.3, 0.1), word("12-18", 0.31, 0.119), word("CORNER", 0.42, 0.1), word("ROW", 0.43, 0.119))),
    )
    page = view_page(Reading(1, lines, "rapidocr", Source.OCR))
    assert "OSKA CORNER" in {candidate.text for candidate in find_candidates(page, ())}


def test_prices_and_labels_are_no_candidates(list_names):
    assert list_names("Total 12.00\nInvoice number\n17.50") == set()
