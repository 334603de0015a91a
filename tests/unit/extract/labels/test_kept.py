"""What is made of the languages' files is made once, until one of them, or what makes it, is another."""

import sys

import pytest

from invoicewatch.extract.labels import kept


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A room of one language, whose ``load`` gives what is made of it; ``made`` counts how often that was."""
    (tmp_path / "eo.toml").write_text("1")
    maker = tmp_path / "maker.py"
    maker.write_text("")
    monkeypatch.setattr(kept, "_HERE", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)

    class Room:
        folder = tmp_path
        made = 0

        def load(self):
            kept._read_own_files.cache_clear()
            return kept.load_kept("words", list[tuple[str, int]], self._make, str(maker))

        def _make(self):
            self.made += 1
            return [((tmp_path / "eo.toml").read_text(), self.made)]

        @property
        def file(self):
            (found,) = (tmp_path / "__pycache__").iterdir()
            return found

    yield Room()
    kept._read_own_files.cache_clear()


def test_it_is_made_once(room):
    assert room.load() == room.load() == [("1", 1)]


@pytest.mark.parametrize("name", ["eo.toml", "maker.py", "fresh.toml"])
def test_it_is_made_anew_where_a_file_changed(room, name):
    room.load()
    (room.folder / name).write_text("2")
    assert 2 == room.load()[0][1]
    assert 2 == room.load()[0][1]


@pytest.mark.parametrize("spoil", [lambda content: content[:-3], lambda _: b"", lambda content: content[:32] + b"\xc1"])
def test_what_was_not_written_whole_is_made_anew(room, spoil):
    room.load()
    room.file.write_bytes(spoil(room.file.read_bytes()))
    assert [("1", 2)] == room.load() == room.load()


def test_where_python_keeps_no_bytecode_nothing_is_kept(room, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert [("1", 1)] == room.load()
    assert not (room.folder / "__pycache__").exists()


def test_where_it_cannot_be_kept_it_is_made_every_time(room):
    (room.folder / "__pycache__").write_text("a file in the folder's place")
    assert [("1", 1)] == room.load()
    assert [("1", 2)] == room.load()
