from dataclasses import replace

import pytest

from invoicewatch.extract.page.evidence import Finding, make_text_field
from invoicewatch.extract.page.layout import view_page
from invoicewatch.extract.page.other_readings import join_readings
from invoicewatch.records import Box, Candidate, Source, Word


@pytest.fixture
def make_finding(draw):
    def make_finding(value="A-12", score=0.9, **options):
        page = view_page(draw("A-12 B-13", source=options.pop("source", Source.TEXT_LAYER)))
        return Finding(value, page, page.rows[0], 0, 1, score, "test", **options)

    return make_finding


def test_no_finding_makes_no_field():
    assert make_text_field("invoice_number", []) is None


def test_the_likeliest_finding_wins_and_the_others_are_its_alternatives(make_finding):
    field = make_text_field("x", [make_finding("B", 0.4), make_finding("A", 0.8), make_finding("a.", 0.7)])
    assert field is not None
    assert (field.value, field.confidence) == ("A", 0.8)
    assert [(other.value, other.confidence) for other in field.alternatives] == [("B", 0.2)]


def test_of_equal_findings_the_first_in_reading_order_wins(make_finding):
    field = make_text_field("x", [make_finding("A"), make_finding("B")])
    assert field is not None
    assert field.value == "A"


@pytest.mark.parametrize(
    ("source", "role", "reading", "verified"),
    [
        (Source.TEXT_LAYER, True, False, True),
        (Source.TEXT_LAYER, False, False, False),
        (Source.OCR, True, False, False),
        (Source.OCR, True, True, True),
        (Source.OCR, False, True, False),
    ],
)
def test_verified_needs_the_reading_and_the_role_proved(make_finding, source, role, reading, verified):
    field = make_text_field("x", [make_finding(source=source, role_proved=role, reading_proved=reading)])
    assert field is not None
    assert field.verified is verified


def test_a_rival_with_a_proved_role_leaves_it_open(make_finding):
    rivals = [make_finding("A", role_proved=True), make_finding("B", 0.5, role_proved=True)]
    field = make_text_field("x", rivals)
    assert field is not None
    assert not field.verified


def test_a_corrected_word_is_named_as_the_source(make_finding):
    finding = make_finding(source=Source.OCR)
    row = replace(finding.row, words=(replace(finding.row.words[0], raw="A-l2"), *finding.row.words[1:]))
    field = make_text_field("x", [replace(finding, row=row)])
    assert field is not None
    assert field.source is Source.CORRECTED


def test_readings_are_combined_and_none_is_invented():
    box = Box(0, 0, 1, 1)
    words = [Word("DE1", box, 90, "a", (Candidate("DEI", 50, "b"),)), Word("23", box, 90, "a")]
    assert list(join_readings(words)) == ["DE123", "DEI23"]
