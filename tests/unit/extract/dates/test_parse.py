"""Dates are read in every way of writing them."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.extract.dates.parse import find_dates, number_months
from invoicewatch.extract.labels.load import load_languages

TODAY = date(2026, 3, 1)
DAYS = st.integers(min_value=0, max_value=9000).map(lambda n: date(2001, 1, 1) + timedelta(days=n))


def read_first(text, today):
    return next(find_dates(text, today))


@given(day=DAYS, sign=st.sampled_from("/-."), blank=st.sampled_from(["", " "]))
def test_numeric_day_first(day, sign, blank):
    gap = blank + sign + blank
    assert day in read_first(f"Date: {day.day:02}{gap}{day.month:02}{gap}{day.year} 12:31", TODAY).days


@given(day=DAYS)
def test_iso(day):
    assert (day,) == read_first(day.isoformat(), TODAY).days


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("29 Mar 2018 18:19", date(2018, 3, 29)),
        ("14/JUN/2017", date(2017, 6, 14)),
        ("30 DEC 17 18:40:57", date(2017, 12, 30)),
        ("3. März 2019", date(2019, 3, 3)),
        ("1er mars 2019", date(2019, 3, 1)),
        ("15 de marzo de 2018", date(2018, 3, 15)),
        ("12 luglio 2020", date(2020, 7, 12)),
        ("5 augustus 2021", date(2021, 8, 5)),
        ("March 3rd, 2019", date(2019, 3, 3)),
        ("August 3 , 2014", date(2014, 8, 3)),
        ("20180329", date(2018, 3, 29)),
        ("04JAN201701:15PM", date(2017, 1, 4)),
        ("25/12/201812:31", date(2018, 12, 25)),
    ],
)
def test_names_of_months_and_glued_times(text, expected):
    written = read_first(text, TODAY)
    assert ((expected,), False) == (written.days, written.repaired)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25/1212018", date(2018, 12, 25)),
        ("l5.O3.2019", date(2019, 3, 15)),
        ("15. Dezcmber 2018", date(2018, 12, 15)),
        ("30 1une 2018", date(2018, 6, 30)),
        ("25/122018", date(2018, 12, 25)),
    ],
)
def test_damage_is_mended_and_said_so(text, expected):
    written = read_first(text, TODAY)
    assert ((expected,), True) == (written.days, written.repaired)


def test_what_cannot_be_told_apart_has_both_days():
    assert (date(2025, 4, 3), date(2025, 3, 4)) == read_first("03/04/2025", TODAY).days


@pytest.mark.parametrize(("text", "year"), [("18-10-17", 2017), ("01.02.26", 2026), ("01.02.99", 1999)])
def test_two_digit_years_get_the_century_that_has_been(text, year):
    assert {year} == {day.year for day in read_first(text, TODAY).days}


@pytest.mark.parametrize("text", ["31.02.2018", "12.50 3.20", "03-2164 1400", "11:44:44", "1/2 - 3/4", "no date"])
def test_what_is_no_date_is_not_taken_for_one(text):
    assert list(find_dates(text, TODAY)) == []


@given(st.text(max_size=40))
def test_any_text_gives_dates_that_do_not_overlap(text):
    found = list(find_dates(text, TODAY))
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_month_that_languages_number_differently_is_not_read():
    croatian = next(language for language in load_languages() if language.code == "hr")
    polish = replace(croatian, code="pl", tables={"months": {"11": ("listopada",), "3": ("marca",)}})
    months = number_months([croatian, polish])
    assert 0 == months["llstopada"]
    assert 3 == months["marca"]
    assert 10 == number_months([croatian])["llstopada"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 mars 2025", date(2025, 3, 3)),
        ("3. marts 2025", date(2025, 3, 3)),
        ("3. desember 2024", date(2024, 12, 3)),
        ("14. heinäkuuta 2024", date(2024, 7, 14)),
        ("14 AĞUSTOS 2024", date(2024, 8, 14)),
        ("1 MAYIS 2024", date(2024, 5, 1)),
        ("12. siječnja 2025.", date(2025, 1, 12)),
    ],
)
def test_months_of_the_north_and_of_the_south_east(text, day):
    assert [(day,)] == [written.days for written in find_dates(text, date(2026, 1, 1))]
