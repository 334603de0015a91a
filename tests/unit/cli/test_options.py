from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import typer

from invoicewatch.cli.options import read_filters
from invoicewatch.store.search.filters import Filters

TODAY = date(2026, 3, 5)


def test_no_option_is_no_filter():
    assert read_filters(today=TODAY) == Filters()


def test_options_become_filters():
    found = read_filters(
        today=TODAY, date_from="2024-02", date_to="2024-02", minimum="12,50", since="7d", status=["review", "failed"]
    )
    expected = Filters(
        date_from=date(2024, 2, 1),
        date_to=date(2024, 2, 29),
        total_min=Decimal("12.50"),
        since=datetime(2026, 2, 26, tzinfo=UTC),
        status=("needs_review", "failed"),
    )
    assert expected == found


@pytest.mark.parametrize(
    "option", [{"date_from": "2024-13"}, {"minimum": "NaN"}, {"since": "99999y"}, {"status": ["x"]}]
)
def test_nonsense_is_refused(option):
    with pytest.raises(typer.BadParameter, match="cannot understand"):
        read_filters(today=TODAY, **option)
