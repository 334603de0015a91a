"""Figures: sums, their chart, and what is due."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from invoicewatch.answers.find.filters import today_here
from invoicewatch.answers.find.sums import By, Sums
from invoicewatch.store.figures.stats import Sum
from invoicewatch.web.pages.find import figures
from invoicewatch.web.pages.find.charts import HEIGHT, draw_lying, draw_upright
from invoicewatch.web.pages.find.figures import add_up, keep_latest, list_months, make_charts

TODAY = date(2024, 6, 1)


def line(group, total, currency="EUR", count=1):
    return Sum(group, currency, count, count, Decimal(total))


@pytest.fixture
def visit(office):
    today = today_here()
    office.save("a.png", total=Decimal(100), issue_date=date(2024, 1, 5), due_date=today + timedelta(days=6))
    office.save("b.png", total=Decimal(23), issue_date=date(2024, 3, 5), due_date=today - timedelta(days=2))
    office.save("c.png", total=Decimal(5), issue_date=date(2024, 3, 9), currency="CHF", seller_name="Cup & Co")
    office.save("d.png", total=Decimal(7), issue_date=date(2024, 3, 9), due_date=today - timedelta(days=400))
    return office.visit("reader")


def test_sums_lead_to_what_they_sum_up(visit):
    page = visit.get("/figures").text
    assert '<a href="/search?q=currency%3AEUR+date%3A2024-03">Mar 2024</a>' in page
    assert "€30.00" in page
    assert 2 == page.count('role="img"')
    by_seller = visit.get("/figures?by=seller").text
    assert '<a href="/search?q=currency%3ACHF+seller%3A%22Cup+%26+Co%22">Cup &amp; Co</a>' in by_seller


def test_words_and_filters_narrow_the_sums(visit):
    page = visit.get("/figures?q=cup&by=currency").text
    assert ["CHF"] == re.findall(r'<a href="/search[^"]+">(\w+)</a></td>', page)
    assert "There is nothing to sum up." in visit.get("/figures?q=nowhere").text
    assert "total:x cannot be understood." in visit.get("/figures?q=total:x").text


def test_whatever_is_typed_is_answered_and_an_address_that_means_nothing_refused(visit):
    for query in ("*", ":: \0", '"', "NEAR(a b)", "total:1e999999", "date:9999-12", "due:99999y", "\u202e"):
        assert 200 == visit.client.get("/search", params={"q": query}).status_code
        for by in ("month", "seller", "currency", "status"):
            assert 200 == visit.client.get("/figures", params={"q": query, "by": by}).status_code
    for query in ("by=year", "by=x", "days=8", "days=x", f"q={'x' * 501}"):
        assert 422 == visit.get(f"/figures?{query}").status_code


def test_what_is_due_soon_stands_apart_from_what_is_late(visit):
    cards = re.findall(r'<section class="card due">(.*?)</section>', visit.get("/figures?q=date:2024").text, re.DOTALL)
    soon, late = [re.findall(r"/record/(\d+)", card) for card in cards]
    assert (["1"], ["2"]) == (soon, late)
    assert "€100.00" in cards[0]
    assert re.search(r"/search\?q=due%3A[\d-]+\.\.[\d-]+&amp;sort=due", cards[1])


def test_of_much_the_last_two_years_are_summed_up_unless_more_is_asked_for(visit, monkeypatch):
    monkeypatch.setattr(figures, "_MANY", 3)
    assert "date:2y..today" in visit.get("/figures").text
    assert "date:2y..today" not in visit.get("/figures?q=").text


def test_months_without_anything_have_their_place_and_a_date_to_come_does_not_push_them_out():
    sums = Sums((line("2024-01", 5), line("2024-04", 5), line("2062-01", 5), line(None, 1)), 0)
    assert ["2024-01", "2024-02", "2024-03", "2024-04"] == list_months(sums, TODAY)
    assert 4 == len(make_charts(sums, By.MONTH, TODAY)[0].bars)
    old = Sums((line("2001-01", 5), *sums.lines), 0)
    assert (sums.lines, 1) == (keep_latest(old, By.MONTH, TODAY).lines, keep_latest(old, By.MONTH, TODAY).left_out)
    assert ["2062-01"] == list_months(Sums((line("2062-01", 5),), 0), TODAY)


def test_currencies_are_never_added_to_one_another():
    sums = Sums((line("2024-01", 5), line("2024-01", 7, "CHF"), line("2024-02", 2)), 0)
    assert [("EUR", Decimal(7)), ("CHF", Decimal(7))] == [(one.currency, one.total) for one in add_up(sums)]
    assert ["EUR", "CHF"] == [chart.unit for chart in make_charts(sums, By.SELLER, TODAY)]
    assert [Decimal(3)] == [
        bar.value for bar in make_charts(Sums((line("x", 5, count=3),), 0), By.STATUS, TODAY)[0].bars
    ]


def test_bars_reach_as_far_as_their_values_say():
    chart = draw_upright("EUR", {"2024-01": Decimal(100), "2024-02": Decimal(-50), "2024-03": Decimal(0)})
    up, down, none = chart.bars
    assert up.height == pytest.approx(2 * down.height, abs=0.2)
    assert down.y == pytest.approx(up.y + up.height, abs=0.2)
    assert 0 == none.height
    assert down.y + down.height <= HEIGHT
    assert [Decimal(-50), Decimal(-25), Decimal(0)] == [value for _, value in chart.ticks][:3]
    assert [100, 25, 0] == [
        bar.width for bar in draw_lying("EUR", [("a", Decimal(8)), ("b", Decimal(2)), ("c", Decimal(-1))]).bars
    ]
