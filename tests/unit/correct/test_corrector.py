"""The chain lives as long as what earlier documents proved."""

from invoicewatch.config.settings import CorrectSettings
from invoicewatch.correct import corrector as module
from invoicewatch.correct.corrector import Corrector
from invoicewatch.correct.words.vocabulary import EMPTY_VOCABULARY
from invoicewatch.records import Memory


def test_the_chain_is_made_anew_only_when_the_memory_changes(monkeypatch):
    versions = []

    def load_nothing(settings, tools):
        versions.append(tools.memory.version)
        return ()

    monkeypatch.setattr(module, "load_processors", load_nothing)
    corrector = Corrector(CorrectSettings(), EMPTY_VOCABULARY, None)
    for memory in (Memory(), Memory(version=3), Memory(version=3), Memory(version=4)):
        corrector.correct((), memory, ())

    assert [0, 3, 4] == versions
