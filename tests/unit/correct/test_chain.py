from dataclasses import replace

import pytest

from invoicewatch.config.settings import CorrectSettings
from invoicewatch.correct.chain import correct_readings, load_processors
from invoicewatch.correct.paths.processor import PathsProcessor
from invoicewatch.correct.spelling import SpellingProcessor
from invoicewatch.correct.tools import CorrectTools
from invoicewatch.correct.words.vocabulary import EMPTY_VOCABULARY, Vocabulary
from invoicewatch.errors import ConfigError, DependencyError
from invoicewatch.records import Box, Correction, Edit, Lattice, Line, Path, Reading, Source, Word

BOX = Box(0.1, 0.1, 0.2, 0.2)
VOCABULARY = Vocabulary({"eng": {"item": 5.0, "total": 9.0}})


def make_reading(page, text, source=Source.OCR):
    lines = tuple(Line(tuple(Word(word, BOX, 50.0, "tesseract") for word in line.split())) for line in text.split("\n"))
    return Reading(page, lines, "tesseract 5.3.0 eng", source)


def edit_of(page, first, before, after):
    return Edit(page, 0, first, first + 1, before, after, Box(0, 0, 1, 1), "test", -2.0, -1.0, "liar")


def adding(*edits, notes=(), model=None):
    return lambda given: Correction(given.raw, (*given.edits, *edits), model, (*given.notes, *notes))


def test_a_text_layer_is_never_corrected_nor_shown_to_a_processor():
    seen = []

    def look(correction):
        seen.extend(correction.raw)
        return Correction(correction.raw, (edit_of(1, 0, "ltem", "Item"), edit_of(2, 0, "ltem", "Item")))

    layer, scan = make_reading(1, "ltem", Source.TEXT_LAYER), make_reading(2, "ltem")
    correction = correct_readings((layer, scan), [("look", look)], VOCABULARY)
    assert [scan] == seen
    assert "ltem\fItem" == correction.text
    assert (layer, scan) == correction.raw


def test_each_processor_builds_on_the_one_before_and_signs_its_edits():
    chain = [("one", adding(edit_of(1, 0, "ltem", "Item"))), ("two", adding(edit_of(1, 1, "tota1", "total")))]
    correction = correct_readings((make_reading(1, "ltem tota1"),), chain, VOCABULARY)
    assert "Item total" == correction.text
    assert ["one", "two"] == [edit.processor for edit in correction.edits]
    assert BOX == correction.edits[0].box


def test_a_later_processor_cannot_overrule_nor_drop_an_earlier_edit():
    chain = [
        ("one", adding(edit_of(1, 0, "ltem", "Item"))),
        ("two", adding(edit_of(1, 0, "ltem", "item"))),
        ("three", lambda given: Correction(given.raw)),
    ]
    assert "Item" == correct_readings((make_reading(1, "ltem"),), chain, VOCABULARY).text


def test_a_processor_that_fails_costs_its_edits_and_leaves_a_note():
    def fail(_correction):
        raise DependencyError("there is no model at /x.gguf")

    chain = [("one", adding(edit_of(1, 0, "ltem", "Item"))), ("spelling", fail)]
    correction = correct_readings((make_reading(1, "ltem"),), chain, VOCABULARY)
    assert "Item" == correction.text
    assert ("spelling did not run: there is no model at /x.gguf",) == correction.notes


def test_a_processor_cannot_pass_off_other_pages_as_raw():
    forged = make_reading(1, "9.99")
    correction = correct_readings((make_reading(1, "1.00"),), [("forger", lambda _: Correction((forged,)))], VOCABULARY)
    assert "1.00" == correction.text


def test_notes_and_model_are_kept():
    chain = [("one", adding(notes=("slow",), model="a.gguf")), ("two", adding(notes=("slow",)))]
    correction = correct_readings((make_reading(1, "x"),), chain, VOCABULARY)
    assert ("a.gguf", ("slow",)) == (correction.model, correction.notes)


def test_without_processors_nothing_happens():
    assert Correction((make_reading(1, "ltem"),)) == correct_readings((make_reading(1, "ltem"),), [])


def test_processors_are_found_by_entry_point_and_mode_off_turns_them_off():
    tools = CorrectTools(CorrectSettings(), EMPTY_VOCABULARY)
    loaded = load_processors(CorrectSettings(), tools)
    assert ["paths", "spelling"] == [name for name, _ in loaded]
    assert [PathsProcessor, SpellingProcessor] == [type(processor) for _, processor in loaded]
    assert () == load_processors(CorrectSettings(mode="off"), tools)


def test_an_unknown_processor_is_refused_with_those_that_there_are():
    tools = CorrectTools(CorrectSettings(), EMPTY_VOCABULARY)
    with pytest.raises(ConfigError, match="'speling', which is not installed") as caught:
        load_processors(CorrectSettings(processors=("speling",)), tools)
    assert "spelling" in caught.value.remedy


def test_without_a_model_the_raw_text_is_kept_and_the_note_says_why():
    tools = CorrectTools(CorrectSettings(processors=("spelling",)), VOCABULARY)
    chain = load_processors(tools.settings, tools)
    correction = correct_readings((make_reading(1, "ltem"),), chain, VOCABULARY)
    assert ("ltem", None) == (correction.text, correction.model)
    assert ("spelling did not run: there is no model",) == correction.notes


def test_an_edit_names_the_path_that_it_came_from():
    reading = make_reading(1, "ltem tota1")
    seen = Lattice(0, 1, "tesseract", (Path("ltem", -0.7), Path("Item", -0.7)))
    doubtful = replace(reading, lines=(replace(reading.lines[0], lattices=(seen,)),))
    proposed = edit_of(1, 0, "ltem", "Item"), edit_of(1, 1, "tota1", "total")
    correction = correct_readings((doubtful,), [("one", adding(*proposed)), ("two", adding())], VOCABULARY)
    assert ["test, seen by tesseract at 1 to 1", "test"] == [edit.reason for edit in correction.edits]
