"""What the extractor of numbers finds on pages drawn as text."""

import pytest

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.extract.numbers.extractor import IdentifierExtractor


@pytest.fixture
def find(draw, context):
    def find(*pictures, **options):
        memory, found = options.pop("memory", None), options.pop("found", None)
        pages = [draw(picture, page=n, **options) for n, picture in enumerate(pictures, start=1)]
        return IdentifierExtractor(ExtractSettings()).find(context(*pages, memory=memory, found=found))

    return find
