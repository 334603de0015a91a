"""Whatever an engine reads, the extractors answer, and what they say stands on the page."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.extract.identifiers import IdentifierExtractor
from invoicewatch.extract.kind import DocumentTypeExtractor
from invoicewatch.extract.parties import PartyExtractor
from invoicewatch.extract.several import find_several_invoices
from invoicewatch.records import Box, ExtractContext, Line, Memory, Reading, Source, Word

TOKENS = """
    Invoice No # : Nr. Rechnung Seller: Käufer Name: GmbH Ltd SARL au capital IBAN DE89 3704 0044 0532 0130 00 FR14 DE
    811569869 DE811569869 CHE-116.281.710 VAT TVA info@acme.example www. Acme 12345 Berlin Str. 12 Total 1,00 (380) (
    ) - Herrn Cash Change Mahnung e.V. S/B 03.04.2026 0 O0 ABC-1 ● é 發票 ½
""".split()  # noqa: SIM905 - a list of sixty strings reads worse


@st.composite
def pages(draw):
    lines = []
    for row in range(draw(st.integers(0, 8))):
        x, words = draw(st.floats(0, 0.3)), []
        for _ in range(draw(st.integers(1, 7))):
            text = draw(
                st.sampled_from(TOKENS) | st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=6)
            )
            end = min(1.0, x + 0.01 * len(text))
            words.append(
                Word(text, Box(x, row / 10, end, row / 10 + 0.02), draw(st.sampled_from([20.0, 95.0])), "engine")
            )
            x = min(1.0, end + draw(st.sampled_from([0.01, 0.05, 0.2])))
        lines.append(Line(tuple(words)))
    return Reading(1, tuple(lines), "engine", draw(st.sampled_from([Source.OCR, Source.TEXT_LAYER])))


@settings(deadline=None, max_examples=150)
@given(pages())
def test_any_page_gets_an_answer_whose_confidence_and_place_are_sound(page):
    context = ExtractContext((page,), {}, Memory(), date(2026, 3, 1))
    chain = (DocumentTypeExtractor, IdentifierExtractor, PartyExtractor)
    for extractor in (kind(ExtractSettings()) for kind in chain):
        for name, field in extractor.find(context).items():
            if field is not None:
                assert field.name == name
                assert 0 <= field.confidence <= 1
                assert field.value
                assert field.page == 1
                assert field.box is not None
                assert page.source is not Source.OCR or name == "iban" or not field.verified
    assert isinstance(find_several_invoices([page]), tuple)
