"""Documents in the languages whose words came last are read as surely as the others."""

from datetime import date

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.chain import find_fields, load_extractors
from invoicewatch.records import ExtractContext, Memory, format_value
from invoicewatch.samples.free.sample import free_reading

COUNT = 10
ENOUGH = 9


@pytest.mark.parametrize("language", ["sv", "da", "nb", "fi", "tr", "hr"])
def test_total_and_date_are_right_on_nine_layouts_of_ten(language):
    extractors = load_extractors(ExtractSettings())
    right = {"total": 0, "issue_date": 0}
    for seed in range(COUNT):
        readings, truth = free_reading(seed, language=language)
        found = find_fields(ExtractContext(readings, {}, Memory(), date(2026, 3, 1)), extractors)
        for name in right:
            field = found.get(name)
            right[name] += (field and format_value(field.value)) == truth[name]
    assert min(right.values()) >= ENOUGH, right
