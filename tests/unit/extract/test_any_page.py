"""Whatever an engine returns, the extractors answer and never break."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.chain import find_fields, load_extractors
from invoicewatch.extract.doubts import find_doubts
from invoicewatch.extract.judge.verdict import judge_invoice
from invoicewatch.records import Box, Candidate, ExtractContext, Line, Memory, Reading, Source, Word, format_value

TODAY = date(2026, 3, 1)
EDGES = st.floats(min_value=0, max_value=1)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=("Z", "C")), min_size=1, max_size=12),
    st.from_regex(r"-?[0-9OlS]{1,4}[.,/:]?[0-9O]{0,3}[.,/]?[0-9]{0,4}%?", fullmatch=True).filter(bool),
    st.sampled_from(
        ["Total", "Summe", "(excl.", "GST)", "RM", "€", "-", "Date:", "bis", "Cash", "Change", "25/12/2018"]
    ),
)


@st.composite
def words(draw):
    x0, x1 = sorted((draw(EDGES), draw(EDGES)))
    y0, y1 = sorted((draw(EDGES), draw(EDGES)))
    others = tuple(Candidate(text, 90.0, "other") for text in draw(st.lists(TEXTS, max_size=2)))
    return Word(draw(TEXTS), Box(x0, y0, x1, y1), draw(st.floats(min_value=0, max_value=100)), "one", others)


LINES = st.lists(words(), max_size=5).map(lambda found: Line(tuple(found)))
READINGS = st.builds(
    Reading,
    page=st.just(1),
    lines=st.lists(LINES, max_size=8).map(tuple),
    engine=st.just("one"),
    source=st.sampled_from([Source.OCR, Source.TEXT_LAYER]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reading=READINGS)
def test_any_page_gives_fields_doubts_and_a_judgement(reading):
    chosen = ExtractSettings(extractors=("currency", "total", "dates"))
    fields = find_fields(ExtractContext((reading,), {}, Memory(), TODAY), load_extractors(chosen))
    assert all(field is None or format_value(field.value) for field in fields.values())
    find_doubts(fields, (reading,))
    status, reasons = judge_invoice(fields, (reading,), TODAY, chosen)
    assert (status.value == "accepted") == (not reasons)
