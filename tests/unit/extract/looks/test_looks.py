from datetime import date
from decimal import Decimal

import pytest

from invoicewatch.records import Source

NUMBER, TOTAL, DAY = "A-1003", "104.20", "12 June 2025"
CHANGED = [
    "Support is at hand within a working day",
    "                              Nordwind Cloud Ltd",
    "                              Bristol BS1 4QA",
    "                              12 Harbour Street",
    "",
    "Amount            Description",
    "EUR 104.20        Seats for the team",
    "",
    "EUR 104.20 was taken from the card",
    "",
    "Reference no.    A-1003        12 June 2025 (day of service)",
    "                              VAT number GB 980 7806 84",
]


@pytest.fixture
def paper(make_paper):
    return make_paper(NUMBER, total=TOTAL, day=DAY)


def is_proved(field):
    return field is not None and field.verified


def test_without_a_lesson_neither_total_nor_date_of_such_a_paper_is_proved(clerk, paper):
    fields, changes, _ = clerk.ask(paper)
    assert not any(is_proved(fields[name]) for name in ("total", "issue_date", "seller_name"))
    assert changes == ()


def test_what_stands_where_it_stood_on_two_papers_is_proved(taught, paper):
    fields, changes, _ = taught.ask(paper)
    assert (fields["total"].value, fields["total"].verified) == (Decimal("104.20"), True)
    assert (fields["issue_date"].value, fields["issue_date"].verified) == (date(2025, 6, 12), True)
    said = "where this seller prints it, after Grand sum of this period, 2 documents; text layer"
    assert fields["total"].method == said
    assert changes == ()


def test_one_paper_makes_it_likelier_and_proves_nothing(clerk, paper, make_paper):
    before, _, _ = clerk.ask(paper)
    clerk.teach(make_paper("A-1001"), total="99", issue_date="2026-04-13")
    fields, _, _ = clerk.ask(paper)
    for name in ("total", "issue_date"):
        assert before[name].confidence < fields[name].confidence < 1
        assert not fields[name].verified


def test_a_role_is_no_reading(taught, paper):
    fields, _, _ = taught.ask(paper, source=Source.OCR)
    assert not any(is_proved(fields[name]) for name in ("total", "issue_date"))
    assert "where this seller prints it" in fields["total"].method


def test_a_confirmed_name_is_known_by_a_number_that_stands_on_the_page(taught, paper):
    fields, _, _ = taught.ask(["", *paper[1:]])
    seller = fields["seller_name"]
    assert (seller.value, seller.verified) == ("Nordwind Cloud Limited", True)
    assert seller.method == "known from 2 documents by its VAT id"
    assert seller.text == "VAT number GB 980 7806 84"
    assert seller.box.x0 > 0.15  # the number, not the words before it


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Total due    EUR 204.20", "a sum that the paper never named"),
        ("Invoice date    20 June 2025", ""),
    ],
)
def test_what_the_paper_never_had_before_speaks_against_it(taught, paper, line, why):
    fields, _, _ = taught.ask([*paper[:13], line, *paper[13:]])
    name = "total" if why else "issue_date"
    assert fields[name] is None or "where this seller prints it" not in fields[name].method


@pytest.mark.parametrize("total", ["10,420.00", "1.04"])
def test_a_total_far_out_of_range_is_not_proved_by_its_place(taught, make_paper, total):
    fields, _, _ = taught.ask(make_paper(NUMBER, total=total, day=DAY))
    assert "where this seller prints it" not in fields["total"].method


def test_another_currency_speaks_against_it(taught, paper):
    fields, _, _ = taught.ask([line.replace("EUR", "USD") for line in paper])
    assert "where this seller prints it" not in fields["total"].method


def test_another_seller_with_the_very_same_paper_is_another_seller(taught, make_paper):
    twin = make_paper(NUMBER, seller="Südlicht Software AG", vat="GB 802 3112 42", total=TOTAL, day=DAY)
    fields, changes, _ = taught.ask(twin)
    assert not is_proved(fields["total"])
    assert fields["seller_name"].value != "Nordwind Cloud Limited"
    assert changes == ()


def test_a_mark_that_two_sellers_share_names_neither(taught, make_paper):
    other = make_paper("S-17", seller="Südlicht Software AG", vat="GB 802 3112 42")
    taught.teach([*other, "Tel. +44 117 496 0123"], key=2, total="99", seller_name="Südlicht Software AG")
    taught.teach([*make_paper("A-1001"), "Tel. +44 117 496 0123"], total="99", seller_name="Nordwind Cloud Limited")
    shared = [*make_paper(NUMBER, seller="", total=TOTAL)[:3], "", *make_paper(NUMBER, total=TOTAL)[4:]]
    fields, _, _ = taught.ask([*shared, "Tel. +44 117 496 0123"])
    assert not is_proved(fields["total"])


def test_a_layout_that_changed_is_noticed_in_words_and_proves_nothing(taught):
    fields, changes, _ = taught.ask(CHANGED)
    (said,) = changes
    assert said.startswith("the paper of Nordwind Cloud Limited looks otherwise than on 2 documents before")
    assert not is_proved(fields["total"])


def test_a_page_that_was_scanned_askew_on_the_glass_is_the_same_layout(taught, paper):
    fields, changes, _ = taught.ask([f"     {line}" for line in paper])
    assert changes == ()
    assert is_proved(fields["total"])
