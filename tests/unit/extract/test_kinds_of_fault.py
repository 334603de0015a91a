"""What once went wrong on a page is right on three others like it."""

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.chain import find_fields, load_extractors
from invoicewatch.records import format_value
from tests.kinds.pages import PAGES


@pytest.mark.parametrize("name", PAGES)
def test_the_fields_of_a_page_with_text(draw, context, name):
    page = PAGES[name]
    found = find_fields(context(draw(page.picture)), load_extractors(ExtractSettings()))
    values = {name: format_value(field.value) for name in page.fields if (field := found[name]) is not None}
    assert page.fields == values
