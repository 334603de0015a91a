from datetime import date
from decimal import Decimal

from invoicewatch.answers.find.sums import By, sum_records, sum_to_json
from invoicewatch.store.search.filters import Filters
from invoicewatch.store.search.query_text import Clause, Query


def save_months(shelf):
    for month in (1, 2, 2, 3):
        number = shelf.folder.joinpath("archive").glob("*")
        shelf.save(f"{len(list(number))}.pdf", issue_date=date(2024, month, 9), currency="EUR", total=Decimal(10))


def test_of_months_the_last_are_shown_and_of_sellers_the_first(shelf):
    save_months(shelf)
    months = sum_records(shelf.state, Query((), Filters()), By.MONTH, 2)
    assert (["2024-02", "2024-03"], 1) == ([one.group for one in months.lines], months.left_out)
    sellers = sum_records(shelf.state, Query((), Filters()), By.SELLER, 2)
    assert ([Decimal(40)], 0) == ([one.total for one in sellers.lines], sellers.left_out)


def test_a_line_is_plain_json_under_what_was_summed_up(shelf):
    save_months(shelf)
    line = sum_records(shelf.state, Query((), Filters()), By.MONTH, 1).lines[0]
    values = sum_to_json(line, By.MONTH)
    assert ("2024-03", "EUR") == (values["month"], values["currency"])
    assert (1, 1) == (values["invoices"], values["with_total"])
    assert Decimal(10) == Decimal(values["total"])


def test_currencies_are_summed_up_apart_and_words_narrow_down(shelf):
    save_months(shelf)
    shelf.save("other.pdf", issue_date=date(2024, 3, 9), currency="CHF", total=Decimal(3), seller_name="Ostrich")
    by_currency = sum_records(shelf.state, Query((), Filters()), By.CURRENCY, 9)
    assert [("CHF", Decimal(3)), ("EUR", Decimal(40))] == [(one.group, one.total) for one in by_currency.lines]
    found = sum_records(shelf.state, Query((Clause(("ostrich",)),), Filters()), By.CURRENCY, 9)
    assert ["CHF"] == [one.group for one in found.lines]
