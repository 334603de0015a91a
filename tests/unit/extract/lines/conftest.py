from decimal import Decimal

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.lines.find import find_items
from invoicewatch.records import Field, Source


@pytest.fixture
def find(draw):
    """What is found on pages drawn as text, given the document's sums; proved unless said otherwise."""

    def find_in(*pictures, source=Source.TEXT_LAYER, proved=True, text="", confidence=96.0, **sums):
        fields = {
            name: Field(name, Decimal(value), 0.9, proved, 1, None, source, "label", text)
            for name, value in sums.items()
        }
        readings = [
            draw(picture, page=page, source=source, confidence=confidence)
            for page, picture in enumerate(pictures, start=1)
        ]
        return find_items(fields, readings, {}, ExtractSettings())

    return find_in


@pytest.fixture
def tell():
    """A line as a tuple of texts: what, quantity, unit, price, sum, whether it is verified."""

    def tell_line(line):
        figures = (line.quantity, line.unit, line.unit_price, line.amount)
        return (line.description, *(None if each is None else str(each) for each in figures), line.verified)

    return tell_line
