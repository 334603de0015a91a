"""Payloads as their papers show them, and a page beside which they stand."""

from datetime import date
from decimal import Decimal

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.codes.extractor import CodeExtractor
from invoicewatch.extract.codes.judge import find_code_reasons
from invoicewatch.extract.codes.known import name_code
from invoicewatch.records import Box, Code, ExtractContext, Field, Memory, Source

IBAN = "DE02120300000000202051"
OTHER_IBAN = "DE02500105170137075030"


@pytest.fixture
def epc():
    """A transfer's code; what is named replaces its line."""

    def make(iban=IBAN, amount="EUR1250.00", reference="RF18539007547034", message="", **lines):
        values = {"version": "002", "charset": "1", "kind": "SCT", "bic": "", "name": "Lindenhof Papier", **lines}
        head = [values[name] for name in ("version", "charset", "kind", "bic", "name")]
        return "\n".join(["BCD", *head, iban, amount, "", reference, message, ""])

    return make


@pytest.fixture
def make_field():
    def make(name, value, *, verified=False, source=Source.OCR):
        return Field(name, value, 0.8, verified, 1, Box(0.6, 0.5, 0.8, 0.52), source, "beside a label", str(value))

    return make


@pytest.fixture
def settle():
    """The fields after codes were heard, and why a person should look."""

    def run(*texts, found=(), readings=()):
        codes = tuple(Code(text, "QRCode", 1, Box(0.1, 0.8, 0.3, 0.95)) for text in texts)
        before = {field.name: field for field in found}
        context = ExtractContext(tuple(readings), {}, Memory(), date(2026, 3, 1), found=before, codes=codes)
        fields = {**before, **CodeExtractor(ExtractSettings()).find(context)}
        return fields, find_code_reasons(tuple(map(name_code, codes)), fields)

    return run


@pytest.fixture
def total(make_field):
    return lambda value, **how: make_field("total", Decimal(value), **how)
