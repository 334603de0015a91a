"""What the engines saw: how likely they hold a text in place of words that were read."""

from __future__ import annotations

import math

from invoicewatch.records import Lattice, Line


def list_lattices(line: Line, first: int, last: int) -> tuple[Lattice, ...]:
    """The lattices of a line that concern its words ``first`` up to but not including ``last``."""
    return tuple(each for each in line.lattices if each.first < last and first < each.last)


def find_odds(line: Line, first: int, last: int, text: str) -> float | None:
    """By how many natural logarithms a text is likelier than the words of a span, by what the engines saw.

    None where no path says it: the span's lattices must give its words, and leave alone what stands around them.
    """
    lattices = list_lattices(line, first, last)
    start, end = min([first, *(each.first for each in lattices)]), max([last, *(each.last for each in lattices)])
    whole = " ".join(filter(None, (_spell(line, start, first), text, _spell(line, last, end))))
    begun = {"": 0.0}
    for texts in _list_parts(line, start, end, lattices):
        joined: dict[str, float] = {}
        for before, odds in begun.items():
            for part, further in texts.items():
                text_so_far = f"{before} {part}" if before else part
                if f"{whole} ".startswith(f"{text_so_far} "):
                    joined[text_so_far] = max(odds + further, joined.get(text_so_far, odds + further))
        begun = joined
    return begun.get(whole)


def cite_path(line: Line, first: int, last: int, text: str) -> str:
    """Who saw a text in place of words, and how likely beside what was read, for people; empty if no path says it."""
    odds = find_odds(line, first, last, text)
    lattices = list_lattices(line, first, last)
    if odds is None or not lattices:
        return ""
    engines = " and ".join(dict.fromkeys(each.engine for each in lattices))
    return f"seen by {engines} at {math.exp(odds):.2g} to 1"


def _list_parts(line: Line, start: int, end: int, lattices: tuple[Lattice, ...]) -> list[dict[str, float]]:
    """From left to right the words that are sure and the texts of those that are not, with their odds."""
    parts: list[dict[str, float]] = []
    place = start
    for lattice in sorted(lattices, key=lambda each: each.first):
        parts += ({word.text: 0.0} for word in line.words[place : lattice.first])
        read = lattice.paths[0].log_probability
        parts.append({path.text: path.log_probability - read for path in lattice.paths})
        place = lattice.last
    return [*parts, *({word.text: 0.0} for word in line.words[place:end])]


def _spell(line: Line, first: int, last: int) -> str:
    return " ".join(word.text for word in line.words[first:last])
