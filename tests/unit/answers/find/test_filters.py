from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from invoicewatch.answers.find.filters import FilterError, Typed, make_query, parse_filters
from invoicewatch.store.search.filters import Filters

TODAY = date(2026, 3, 5)


def test_nothing_typed_is_no_filter():
    assert Filters() == parse_filters(Typed(), TODAY)


def test_what_is_typed_becomes_filters():
    typed = Typed(date_from="2024-02", date_to="2024-02", maximum="12,50", since="7d", status=("review",), inbox="in")
    expected = Filters(
        date_from=date(2024, 2, 1),
        date_to=date(2024, 2, 29),
        total_max=Decimal("12.50"),
        since=datetime(2026, 2, 26, tzinfo=UTC),
        status=("needs_review",),
        inbox="in",
    )
    assert expected == parse_filters(typed, TODAY)


@pytest.mark.parametrize(
    ("name", "text"), [("date_from", "2024-13"), ("minimum", "NaN"), ("since", "99999y"), ("date_to", "x")]
)
def test_an_error_names_its_filter(name, text):
    with pytest.raises(FilterError, match="cannot understand") as caught:
        parse_filters(Typed(**{name: text}), TODAY)
    assert name == caught.value.name


def test_filters_beside_a_search_text_narrow_it_down():
    query = make_query("acme total:>5", Filters(currency="EUR"), TODAY)
    assert ("EUR", 1) == (query.filters.currency, len(query.clauses))
    assert Decimal(5) == query.filters.total_above
