from datetime import date
from decimal import Decimal
from random import Random

import pytest

from invoicewatch.samples.free.blocks.base import Block, beside, pad, stack
from invoicewatch.samples.free.invent.numbers import INDIAN, FreeMoney
from invoicewatch.samples.free.invent.places import PLACES, write_town_line
from invoicewatch.samples.free.invent.places_asked import ASKED_PLACES, list_markets
from invoicewatch.samples.free.invent.wording import LANGUAGES, choose_wording
from invoicewatch.samples.free.sample import make_free_sample
from invoicewatch.samples.invent.formats import NumberStyle, write_date


def test_every_language_has_words_for_every_meaning():
    wordings = [choose_wording(language, "VAT", Random(1)) for language in LANGUAGES]
    assert all(wordings[0].one.keys() == each.one.keys() for each in wordings)
    assert all(wordings[0].many.keys() == each.many.keys() for each in wordings)
    assert all(words for each in wordings for words in each.many.values())


@pytest.mark.parametrize(
    ("value", "written"),
    [("1234567.5", "12,34,567.50"), ("999", "999.00"), ("100000", "1,00,000.00"), ("-1234", "-1,234.00")],
)
def test_lakhs_are_grouped_in_pairs(value, written):
    assert INDIAN.write(Decimal(value)) == written


def test_round_amounts_may_have_dashes_for_cents():
    money = FreeMoney(NumberStyle(".", ","), "{} €", "{}-", ",-")
    assert [money.write(Decimal(value)) for value in ("3250", "3250.5", "-12")] == [
        "3.250,- €",
        "3.250,50 €",
        "12,- €-",
    ]


@pytest.mark.parametrize(
    ("style", "language", "written"),
    [
        ("long", "es", "1 de marzo de 2024"),
        ("long", "it", "1 marzo 2024"),
        ("long", "nl", "1 maart 2024"),
        ("Mon d, Y", "en", "Mar 1, 2024"),
        ("d-Mon-y", "en", "01-Mar-24"),
        ("m/d/y", "en", "03/01/24"),
    ],
)
def test_dates_are_written_in_more_ways(style, language, written):
    assert write_date(date(2024, 3, 1), style, language) == written


@pytest.mark.parametrize("code", PLACES)
def test_every_town_line_names_the_town_or_is_the_town(code):
    line = write_town_line(PLACES[code], "Testfeld", Random(1))
    assert "{" not in line
    assert any(sign.isdigit() for sign in line)
    assert code == "SG" or "Testfeld" in line


def test_blocks_grow_by_what_is_put_together():
    one, other = Block(10, 4), Block(6, 8)
    assert (stack([one, other], gap=2).width, stack([one, other], gap=2).height) == (10, 14)
    row = beside([one, other], (20, 30), ("left", "right"), 5)
    assert (row.width, row.height) == (55, 8)
    assert (pad(one, 3, 1).width, pad(one, 3, 1).height) == (16, 6)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_comes_when_it_is_asked_for(language):
    sample = make_free_sample(4, language=language)
    assert language == sample.bill.spec.language
    assert sample == make_free_sample(4, language=language)


def test_markets_of_the_languages_that_are_asked_for_are_not_drawn():
    assert PLACES.keys().isdisjoint(ASKED_PLACES)
    assert {language for language in LANGUAGES if not list_markets(language)} == set()


@pytest.mark.parametrize(
    ("style", "language", "written"),
    [
        ("long", "sv", "1 mars 2024"),
        ("long", "da", "1. marts 2024"),
        ("long", "fi", "1. maaliskuuta 2024"),
        ("long", "tr", "1 Mart 2024"),
        ("d.m.Y.", "hr", "01.03.2024."),
    ],
)
def test_dates_of_the_languages_that_are_asked_for(style, language, written):
    assert written == write_date(date(2024, 3, 1), style, language)
