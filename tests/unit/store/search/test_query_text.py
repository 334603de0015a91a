from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from invoicewatch.store.search.filters import Filters
from invoicewatch.store.search.query_text import Clause, QueryError, parse_query

TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("total:>500", Filters(total_above=Decimal(500))),
        ("total:<=12,50", Filters(total_max=Decimal("12.50"))),
        ("total:100..200", Filters(total_min=Decimal(100), total_max=Decimal(200))),
        ("total:99.95", Filters(total_min=Decimal("99.95"), total_max=Decimal("99.95"))),
        ("date:2024-01..2024-03", Filters(date_from=date(2024, 1, 1), date_to=date(2024, 3, 31))),
        ("date:2024", Filters(date_from=date(2024, 1, 1), date_to=date(2024, 12, 31))),
        ("date:>2024-02", Filters(date_from=date(2024, 3, 1))),
        ("date:<2024-02-10", Filters(date_to=date(2024, 2, 9))),
        ("date:7d..", Filters(date_from=date(2026, 2, 26))),
        ("due:<30d", Filters(due_to=date(2026, 4, 3))),
        ("due:overdue", Filters(due_to=date(2026, 3, 4))),
        ("since:7d", Filters(since=datetime(2026, 2, 26, tzinfo=UTC))),
        ("status:review,failed", Filters(status=("needs_review", "failed"))),
        ("verified:no", Filters(verified=False)),
        ('seller:"Acme Ltd"', Filters(seller="Acme Ltd")),
        ("Currency:eur", Filters(currency="eur")),
    ],
)
def test_a_filter_is_read(text, expected):
    query = parse_query(text, TODAY)
    assert expected == query.filters
    assert query.clauses == ()


def test_words_phrases_and_filters_mix():
    query = parse_query('acme "Total Due" total:>5 INV-12', TODAY)
    assert query.clauses == (Clause(("acme",)), Clause(("total", "due"), exact=True), Clause(("inv", "12")))
    assert query.filters == Filters(total_above=Decimal(5))


@pytest.mark.parametrize("text", ["http://acme.com", "12:30", "Re:", 'say "hi', ":", "due date"])
def test_what_is_no_filter_is_words(text):
    query = parse_query(text, TODAY)
    assert query.filters == Filters()


@pytest.mark.parametrize(
    "text", ["total:>abc", "date:2024-13", "status:odd", "verified:perhaps", "due:<", "date:9999y"]
)
def test_a_filter_that_means_nothing_is_refused_with_examples(text):
    with pytest.raises(QueryError, match="cannot understand") as caught:
        parse_query(text, TODAY)
    assert "total:>500" in caught.value.remedy
