"""Lattices know their words wherever these come to stand."""

from math import exp

import pytest

from invoicewatch.records import Box, Lattice, Line, Path, Word


def make_line(text, *lattices):
    return Line(tuple(Word(each, Box(0, 0, 0.1, 0.1), 80, "eye") for each in text.split()), lattices)


def test_pieces_of_a_row_are_joined_with_their_lattices():
    doubt = Lattice(1, 2, "eye", (Path("b", -0.5), Path("c", -0.9)))
    line = Line.join([make_line("a b", doubt), make_line("a b c", doubt)])
    assert line.text == "a b a b c"
    assert [(each.first, each.last) for each in line.lattices] == [(1, 2), (3, 4)]


def test_only_the_likeliest_texts_are_kept_behind_what_was_read():
    shares = {f"t{n}": 1.0 / 2**n for n in range(20)}
    lattice = Lattice.of_shares(0, 1, "eye", "t1", shares)
    assert [path.text for path in lattice.paths] == ["t1", "t0", "t2", "t3", "t4", "t5", "t6", "t7"]
    assert sum(exp(path.log_probability) for path in lattice.paths) == pytest.approx(1.0)


def test_texts_that_are_hardly_possible_are_not_kept():
    assert [path.text for path in Lattice.of_shares(0, 1, "eye", "a", {"b": 1.0, "c": 1e-4}).paths] == ["a", "b"]
