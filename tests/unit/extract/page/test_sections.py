import pytest

from invoicewatch.extract.page.layout import view_page
from invoicewatch.extract.page.sections import find_role, find_sections


@pytest.fixture
def role_of(draw):
    """The role of the block that holds a word of a page."""

    def role_of(picture, text):
        page = view_page(draw(picture))
        sections = find_sections(page)
        row, n = next((row, n) for row in page.rows for n, word in enumerate(row.words) if word.text == text)
        return find_role(sections, row.number, row.box_of(n, n + 1))

    return role_of


COLUMNS = """
Seller                      Bill to                     Ship to
Harbour Ltd                 Sommer AG                   Lager
Quay Road                   Oak Road                    Dock
"""


@pytest.mark.parametrize(
    ("text", "role"), [("Harbour", "seller"), ("Quay", "seller"), ("Sommer", "buyer"), ("Dock", "other_party")]
)
def test_columns_belong_to_the_heading_above_them(role_of, text, role):
    assert role_of(COLUMNS, text) == role


def test_a_block_ends_where_the_next_heading_begins(role_of):
    picture = "Verkäufer:\nNordlicht GmbH\nKäufer:\nSommer AG\nBemerkungen:\nDanke"
    assert [role_of(picture, text) for text in ("Nordlicht", "Sommer", "Danke")] == ["seller", "buyer", ""]


def test_a_block_ends_at_a_wide_gap(role_of):
    picture = "Bill to\nSommer AG\nOak Road\n88802 Spielkreis\n\n\n\nNumber: 12"
    assert [role_of(picture, text) for text in ("88802", "Number:")] == ["buyer", ""]


def test_a_word_in_a_sentence_is_no_heading(role_of):
    assert not role_of("Please pay to\nour account\nSommer AG", "Sommer")
    assert not role_of("From here on\nSommer AG", "Sommer")


def test_another_label_is_not_taken_for_a_misread_heading(role_of):
    assert not role_of("Invoice no\nA-12", "A-12")
    assert role_of("lnvoice to\nSommer", "Sommer") == "buyer"


def test_the_rest_of_a_word_that_was_broken_heads_no_block(role_of):
    assert "" == role_of("Pos   Art-Nr-\n      Lieferant\n      Stahlband", "Stahlband")
    assert "seller" == role_of(
        "Pos   Art-Nr-\n                    Lieferant\n                    Stahlband", "Stahlband"
    )
    assert "seller" == role_of("Pos   Rechnung -\n      Lieferant\n      Stahlband", "Stahlband")
