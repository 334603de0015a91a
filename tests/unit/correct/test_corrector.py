"""The chain lives as long as what earlier documents proved, and is made when it is needed."""

import pytest

from invoicewatch.config.settings import CorrectSettings
from invoicewatch.correct import corrector as module
from invoicewatch.correct.corrector import Corrector
from invoicewatch.correct.words.vocabulary import EMPTY_VOCABULARY
from invoicewatch.errors import ConfigError
from invoicewatch.records import Correction, Memory, Reading, Source

READ = (Reading(1, (), "engine"),)
WRITTEN = (Reading(1, (), "text layer", source=Source.TEXT_LAYER),)


@pytest.fixture
def versions(monkeypatch):
    """The versions of the memory for which a chain was made."""
    versions = []

    def load_nothing(settings, tools):
        versions.append(tools.memory.version)
        return ()

    monkeypatch.setattr(module, "load_processors", load_nothing)
    return versions


@pytest.fixture
def corrector():
    return Corrector(CorrectSettings(), EMPTY_VOCABULARY, None)


def test_the_chain_is_made_anew_only_when_the_memory_changes(versions, corrector):
    for memory in (Memory(), Memory(version=3), Memory(version=3), Memory(version=4)):
        corrector.correct(READ, memory, ())
    corrector.load()
    assert [0, 3, 4] == versions


def test_a_text_layer_needs_no_chain(versions, corrector):
    assert Correction(WRITTEN) == corrector.correct(WRITTEN, Memory(), ())
    assert [] == versions


def test_a_chain_that_was_loaded_ahead_is_used(versions, corrector):
    corrector.warm()
    corrector.correct(READ, Memory(), ())
    assert [0] == versions


def test_a_name_is_refused_at_once_and_what_does_not_load_by_who_asks(monkeypatch, corrector):
    def refuse(settings, tools):
        raise ConfigError("the processor 'paths' does not load")

    with pytest.raises(ConfigError, match="speling"):
        Corrector(CorrectSettings(processors=("speling",)), EMPTY_VOCABULARY, None)
    monkeypatch.setattr(module, "load_processors", refuse)
    corrector.warm()
    with pytest.raises(ConfigError, match="does not load"):
        corrector.load()
    with pytest.raises(ConfigError, match="does not load"):
        corrector.correct(READ, Memory(), ())
