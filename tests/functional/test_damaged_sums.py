"""On five hundred damaged documents no sum is wrong and believed, and none comes from nowhere."""

from datetime import date
from decimal import Decimal

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.amounts.rows import find_amounts
from invoicewatch.extract.chain import find_fields, load_extractors
from invoicewatch.extract.page.found import FoundBy
from invoicewatch.extract.page.layout import view_pages
from invoicewatch.records import ExtractContext, Memory
from invoicewatch.samples.free.sample import free_reading

SUMS = ("total", "net_total", "tax_total")
RECKONED = (FoundBy.TAX_LEFT, FoundBy.NET_LEFT, FoundBy.BASES, FoundBy.TAXES, FoundBy.ARITHMETIC)
LEFT = {FoundBy.TAX_LEFT: "tax_total", FoundBy.NET_LEFT: "net_total"}


def list_shown(readings):
    """All figures on the pages without their sign, also as they are where the decimal sign was lost."""
    rows = [(row, page.char_width) for page in view_pages(readings) for row in page.rows]
    amounts = [amount for row, width in rows for amount in find_amounts(row, width)]
    values = {value for amount in amounts for value in (amount.value, *amount.others)}
    bare = {Decimal("".join(filter(str.isdigit, amount.text)) or "0").scaleb(-2) for amount in amounts}
    return {abs(value) for value in values | bare}


@pytest.mark.parametrize("damage", [0.03, 0.08])
def test_no_damage_makes_a_sum_wrong_and_believed_or_comes_from_nowhere(damage):
    extractors = load_extractors(ExtractSettings())
    for seed in range(720_000, 720_250):
        readings, truth = free_reading(seed, damage)
        fields = find_fields(ExtractContext(readings, {}, Memory(), date(2026, 11, 28)), extractors)
        shown = list_shown(readings)
        for name in SUMS:
            field = fields.get(name)
            if field is None:
                continue
            assert isinstance(field.value, Decimal)
            if field.verified and (expected := truth[name]) is not None:
                assert Decimal(expected) == field.value, f"seed {seed}: {name} by {field.method}"
            if abs(field.value) not in shown:
                assert any(how in field.method for how in RECKONED), f"seed {seed}: {name} {field.value}"
            for how, other in LEFT.items():
                if how in field.method:
                    assert None not in (fields["total"], fields[other])
                    assert not field.verified
