"""Figures on which a decision rests are read again in other ways where two engines did not read them alike."""

from dataclasses import dataclass, replace
from math import exp

import pytest

from invoicewatch.reading.proofread import MOST_WORDS, proofread
from invoicewatch.records import Box, Candidate, Doubt, Doubts, Lattice, Line, Page, Path, Reading, Word
from tests.unit.reading.doubles import PlainEngine, make_page

LEFT, RIGHT = Box(0.1, 0.1, 0.3, 0.12), Box(0.6, 0.1, 0.8, 0.12)
LABEL, TOTAL = Word("TOTAL", LEFT, 99.0, "first"), Word("103.00", RIGHT, 90.0, "first")


@dataclass
class EngineOfWays(PlainEngine):
    """Reads every word as ``texts``."""

    texts: tuple[str, ...] = ("108.00", "103.00")

    def read_otherwise(self, page: Page, boxes: list[Box]) -> tuple[tuple[str, ...], ...]:
        self.regions.append(list(boxes))
        return (self.texts,) * len(boxes)


def read(words, doubts, engine):
    return proofread(Reading(1, (Line(tuple(words)),), "both"), make_page(), Doubts(tuple(doubts)), engine)


def test_the_figure_that_a_field_rests_on_is_read_again_alone():
    engine = EngineOfWays()
    found = read([LABEL, TOTAL], [Doubt(1, Box(0.0, 0.1, 1.0, 0.12), "total", "not proved", RIGHT)], engine)

    assert [[RIGHT]] == engine.regions
    assert (LABEL, replace(TOTAL, again=("108.00", "103.00"))) == found.words


@pytest.mark.parametrize(
    ("word", "doubt"),
    [
        (replace(TOTAL, others=(Candidate("103.00", 80.0, "second"),)), Doubt(1, None, "total", "", RIGHT)),
        (TOTAL, Doubt(1, None, "total", "missing")),
        (TOTAL, Doubt(1, None, "issue_date", "", LEFT)),
        (replace(TOTAL, text="free"), Doubt(1, None, "total", "", RIGHT)),
    ],
    ids=["two engines agree", "no value", "stands elsewhere", "no figure"],
)
def test_nothing_else_is(word, doubt):
    engine = EngineOfWays()

    assert (LABEL, word) == read([LABEL, word], [doubt], engine).words
    assert [] == engine.regions


def test_what_else_the_words_may_say_stays_with_their_line():
    seen = Lattice(1, 2, "both", (Path("103.00", -0.4), Path("108.00", -1.1)))
    reading = Reading(1, (Line((LABEL, TOTAL), (seen,)),), "both")
    found = proofread(reading, make_page(), Doubts((Doubt(1, None, "total", "", RIGHT),)), EngineOfWays())
    assert (seen,) == found.lines[0].lattices
    assert found.words[1].again


@pytest.mark.parametrize("engine", [EngineOfWays(), PlainEngine()])
def test_what_was_nearly_read_is_noted_in_the_name_of_the_engine_that_was_kept(engine):
    paths = (
        Path("TOTAL 103.00", -0.4),
        Path("TOTAL 108.00", -1.6),
        Path("TOTA 108.00", -3.0),
        Path("TOTAL108.00", -2.0),
    )
    reading = Reading(1, (Line((LABEL, TOTAL), (Lattice(0, 2, "both", paths),)),), "both")
    found = proofread(reading, make_page(), Doubts((Doubt(1, None, "total", "", RIGHT),)), engine)
    (other,) = found.words[1].others
    assert (other.text, other.engine) == ("108.00", "first")
    assert other.confidence == pytest.approx(100 * (exp(-1.6) + exp(-3.0)))
    assert not found.words[1].agreed
    assert () == found.words[0].others


def test_an_engine_without_other_ways_changes_nothing():
    assert (TOTAL,) == read([TOTAL], [Doubt(1, None, "total", "", RIGHT)], PlainEngine()).words


def test_a_value_that_spans_a_table_does_not_cost_a_page():
    engine = EngineOfWays()
    read([TOTAL] * (2 * MOST_WORDS), [Doubt(1, None, "total", "", RIGHT)], engine)

    assert [MOST_WORDS] == [len(boxes) for boxes in engine.regions]
