"""Dates are read in every way of writing them."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.extract.dates.written.parse import find_dates, number_months
from invoicewatch.extract.labels.load import load_languages

TODAY = date(2026, 3, 1)
DAYS = st.integers(min_value=0, max_value=9000).map(lambda n: date(2001, 1, 1) + timedelta(days=n))


def read_first(text, today, **how):
    return next(find_dates(text, today, **how))


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nov22'1311:03A", date(2013, 11, 22)),
        ("Apr25'13 01:35PM", date(2013, 4, 25)),
        ("Dec29\u201917 06:32PM", date(2017, 12, 29)),
        ("Chk 6760 ¦ May 3, '19", date(2019, 5, 3)),
        ("Apr ¦ 1, 2016", date(2016, 4, 1)),
        ("April 1, ¦ 2016", date(2016, 4, 1)),
        ("Date:Jul-28-2015 12:58 PM", date(2015, 7, 28)),
        ("STORED 25 Dec 13 15:14:22-", date(2013, 12, 25)),
        ("23 Nov 17, 12:19", date(2017, 11, 23)),
        ('9" June 2020', date(2020, 6, 9)),
        ("5.III.2024", date(2024, 3, 5)),
        ("28 XI 2019", date(2019, 11, 28)),
        ("2024年5月7日", date(2024, 5, 7)),
        ("2024년 5월 7일", date(2024, 5, 7)),
        ("02,/22/2014", date(2014, 2, 22)),
        ("08/30/2012 3:11", date(2012, 8, 30)),
        ("11 -13-17 11:41A", date(2017, 11, 13)),
        ("28 / 02 / 23", date(2023, 2, 28)),
        ("18:1524/05/18", date(2018, 5, 24)),
        ("15.03.'24", date(2024, 3, 15)),
        ("2016\u201004\u201023Arc", date(2016, 4, 23)),
    ],
)
def test_tills_and_letters_write_dates_in_many_ways(text, expected):
    written = read_first(text, TODAY)
    assert ((expected,), False) == (written.days, written.repaired)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("08/30/20123", date(2012, 8, 30)),
        ("28.02.201512", date(2015, 2, 28)),
        ("12 Nv 2018", date(2018, 11, 12)),
        ("22021512782026-02-17 11:33", date(2026, 2, 17)),
    ],
)
def test_digits_of_the_time_and_lost_letters_are_mended_and_said_so(text, expected):
    written = read_first(text, TODAY)
    assert ((expected,), True) == (written.days, written.repaired)


@given(day=DAYS)
def test_the_month_before_the_day_and_a_short_year(day):
    written = read_first(f"{day:%b}{day.day:02}'{day.year % 100:02} 09:41AM", TODAY)
    assert (day,) == written.days


@given(day=DAYS)
def test_months_in_roman_figures(day):
    roman = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")[day.month - 1]
    assert (day,) == read_first(f"dnia {day.day}.{roman}.{day.year}", TODAY).days


@given(day=DAYS)
def test_buddhist_years_count_only_where_they_are_in_use(day):
    text = f"{day.day:02}/{day.month:02}/{day.year + 543}"
    assert day in read_first(text, TODAY, buddhist=True).days
    assert list(find_dates(text, TODAY)) == []


def test_a_short_buddhist_year_is_told_from_a_short_common_one():
    assert (date(2024, 5, 31),) == read_first("31/05/67", TODAY, buddhist=True).days
    assert (date(2017, 5, 31),) == read_first("31/05/17", TODAY, buddhist=True).days


def test_three_short_numbers_may_begin_with_the_year():
    written = read_first("25-11-09", TODAY)
    assert ((date(2009, 11, 25),), date(2025, 11, 9)) == (written.days, written.year_first)


def test_a_short_year_that_can_only_be_the_first_number_is():
    assert (date(2024, 10, 31),) == read_first("24-10-31", TODAY).days


@pytest.mark.parametrize(
    "text",
    [
        "192.168.12.24", "10.12.20.1", "version 3.11.2.20", "0003 - 00003435", "2.10.12.2010", "03 - 21 - 64",
        "12 - 10 - 15 - 22",  "1 / 2 / 23", "RC11-23-42 - 12/144", "V 2015", "Art. 5 B 2015",
    ],
)  # fmt: skip
def test_numbers_of_other_kinds_are_no_dates(text):
    assert list(find_dates(text, TODAY)) == []


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
