from datetime import date

import pytest

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.extract.einvoice.extractor import EInvoiceExtractor
from invoicewatch.records import ExtractContext, Memory


@pytest.fixture
def find_fields():
    """The fields of XML that is given as text or bytes."""

    def find(xml):
        content = xml if isinstance(xml, bytes) else xml.encode()
        context = ExtractContext((), {"invoice.xml": content}, Memory(), date(2026, 3, 1))
        return EInvoiceExtractor(ExtractSettings()).find(context)

    return find


@pytest.fixture
def find_values(find_fields):
    """Their values alone."""
    return lambda xml: {name: field.value for name, field in find_fields(xml).items()}
