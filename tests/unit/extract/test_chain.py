"""The chain: order, errors of one extractor, and the e-invoice's word."""

from datetime import date
from decimal import Decimal
from importlib.metadata import EntryPoint, EntryPoints

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.errors import ConfigError, DocumentError
from invoicewatch.extract.chain import choose_office, find_fields, load_extractors
from invoicewatch.records import FIELD_NAMES, Box, Field, Memory, Office, Source


class Finding:
    def __init__(self, **fields):
        self.fields = fields

    def find(self, context):
        return self.fields


class Refusing:
    def find(self, context):
        raise DocumentError("cannot")


class Repeating:
    """Answers with what it was shown of the total."""

    def find(self, context):
        return {"purchase_order": context.found["total"]}


class Late(Finding):
    """Runs when it is asked; counts how often, and may fail."""

    late: tuple[str, ...] = ("total",)

    def __init__(self, *, refuses=False, **fields):
        super().__init__(**fields)
        self.refuses = refuses
        self.asked = 0

    def find(self, context):
        self.asked += 1
        if self.refuses:
            raise DocumentError("cannot")
        return self.fields


def claim(value, source=Source.OCR, *, verified=False, box=None):
    return Field("total", value, 0.9, verified, 1 if box else None, box, source, "", "")


def run(context, *extractors):
    return find_fields(context(), [(str(n), extractor) for n, extractor in enumerate(extractors)])


def test_the_default_extractors_load_in_order():
    settings = ExtractSettings()
    assert list(settings.extractors) == [name for name, _ in load_extractors(settings)]


def test_an_unknown_extractor_is_a_configuration_error_that_names_the_known():
    with pytest.raises(ConfigError, match="nonsense") as caught:
        load_extractors(ExtractSettings(extractors=("nonsense",)))
    assert "total" in caught.value.remedy


def test_every_field_has_an_entry(context):
    assert set(FIELD_NAMES) == set(run(context))


def test_an_extractor_that_fails_costs_its_own_fields_only(context):
    fields = run(context, Finding(total=claim(Decimal(1))), Refusing())
    assert Decimal(1) == fields["total"].value


def test_the_later_finding_stands(context):
    fields = run(context, Finding(total=claim(Decimal(1))), Finding(total=claim(Decimal(2))), Finding(total=None))
    assert Decimal(2) == fields["total"].value


def test_an_e_invoice_is_never_overridden_and_the_page_is_set_beside_it(context):
    stated = claim(Decimal(1), Source.E_INVOICE, verified=True)
    shown = claim(Decimal(2), verified=True, box=Box(0, 0, 1, 1))
    fields = run(context, Finding(total=stated), Finding(total=shown))
    assert Decimal(1) == fields["total"].value
    assert [Decimal(2)] == [other.value for other in fields["total"].alternatives]


def test_the_page_lends_the_e_invoice_its_place(context):
    stated = claim(Decimal(1), Source.E_INVOICE, verified=True)
    shown = claim(Decimal("1.00"), box=Box(0, 0, 1, 1))
    total = run(context, Finding(total=stated), Finding(total=shown))["total"]
    assert (Source.E_INVOICE, 1, Box(0, 0, 1, 1)) == (total.source, total.page, total.box)


def test_an_extractor_sees_what_those_before_it_found_and_may_add_fields(context):
    total = claim(Decimal(1))
    assert total == run(context, Finding(total=total), Repeating())["purchase_order"]


def test_an_extractor_that_waits_runs_once_and_only_where_a_field_of_its_own_is_asked_for(context):
    waiting = Late(total=claim(Decimal(1)))
    fields = run(context, waiting, Finding(currency=None))
    assert (None, 0) == (fields["issue_date"], waiting.asked)
    assert (Decimal(1), Decimal(1), 1) == (fields["total"].value, dict(fields)["total"].value, waiting.asked)


def test_a_later_extractor_may_ask_one_that_waits(context):
    total = claim(Decimal(1))
    assert total == run(context, Late(total=total), Repeating())["purchase_order"]


@pytest.mark.parametrize("late", [Late(refuses=True), Late(), Late(total=None), Late(total=claim(Decimal(2)))])
def test_an_e_invoice_stands_whatever_one_that_waits_finds(context, late):
    stated = claim(Decimal(1), Source.E_INVOICE, verified=True)
    fields = run(context, Finding(total=stated), late)
    assert (stated, 1) == (fields["total"], late.asked)


def test_what_may_be_read_again_is_found_without_looking_for_whose_paper_it_is(draw, context):
    reading = draw("Acme Ltd\nInvoice 4711 of 05.03.2019\nTotal 119.00 EUR")
    extractors = load_extractors(ExtractSettings())
    waiting = {name: Late() for name, each in extractors if hasattr(each, "late")}
    for name, each in extractors:
        if name in waiting:
            waiting[name].late = getattr(each, "late", ())
    fields = find_fields(context(reading), [(name, waiting.get(name, each)) for name, each in extractors])
    total, day = fields["total"], fields["issue_date"]
    assert {"identifiers", "parties", "document_type"} == set(waiting)
    assert (Decimal("119.00"), date(2019, 3, 5)) == (total and total.value, day and day.value)
    assert not any(each.asked for each in waiting.values())


def test_extractors_that_wait_answer_for_what_they_name_and_nothing_else(draw, context):
    for picture in ("Acme Ltd\nInvoice 4711\nTotal 119.00 EUR", ""):
        for _, extractor in load_extractors(ExtractSettings()):
            late = getattr(extractor, "late", None)
            assert late is None or set(late) == set(extractor.find(context(draw(picture))))


def test_a_whole_invoice(draw, context):
    reading = draw("Rechnung Nr. 4711 vom 05.03.2019\nNetto 100,00 €\nMwSt 19% 19,00 €\nGesamtbetrag 119,00 €")
    fields = find_fields(context(reading), load_extractors(ExtractSettings()))
    found = {name: field.value for name, field in fields.items() if field is not None}
    assert (Decimal("119.00"), date(2019, 3, 5), "EUR") == (found["total"], found["issue_date"], found["currency"])


@pytest.mark.parametrize("place", ["no_such_module_here:Extractor", "invoicewatch.extract.total.extractor:NoSuchClass"])
def test_an_extractor_that_does_not_load_is_a_configuration_error(monkeypatch, place):
    broken = EntryPoint("broken", place, "invoicewatch.extractors")
    monkeypatch.setattr(
        "invoicewatch.extract.chain.entry_points", lambda group: EntryPoints([broken]).select(group=group)
    )
    with pytest.raises(ConfigError, match="'broken' does not load") as caught:
        load_extractors(ExtractSettings(extractors=("broken",)))
    assert "unknown_extractor" == caught.value.code


def test_the_office_is_who_earlier_documents_name_unless_the_settings_do():
    memory = Memory(office=("Studio Nord GmbH",))
    assert ("Studio Nord GmbH",) == choose_office(Office(vat_ids=("DE811569869",)), memory).names
    assert ("DE811569869",) == choose_office(Office(vat_ids=("DE811569869",)), memory).vat_ids
    assert ("Atelier Sud",) == choose_office(Office(names=("Atelier Sud",)), memory).names


def test_the_learned_office_is_never_the_seller(draw, context):
    reading = draw("From\nNordlicht Druck GmbH\nTo\nSommer Handels GmbH\nTotal 12.00")
    extractors = load_extractors(ExtractSettings())
    for office in ((), ("Nordlicht Druck GmbH",)):
        field = find_fields(context(reading, memory=Memory(office=office)), extractors)["seller_name"]
        named = {field.value, *(other.value for other in field.alternatives)} if field else set()
        assert bool(office) == ("Nordlicht Druck GmbH" not in named)
