"""What speaks for and against a run of words as the seller's name: named figures that a ranking weighs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from invoicewatch.extract.page.evidence import fold
from invoicewatch.extract.parties.names.candidate import NameCandidate
from invoicewatch.extract.parties.names.shop_numbers import drop_shop_number
from invoicewatch.extract.parties.ranking.facts import PageFacts
from invoicewatch.extract.parties.ranking.hosts import rate_likeness
from invoicewatch.extract.parties.ranking.judgement import Judgement, mark_judgement
from invoicewatch.extract.parties.ranking.surroundings import mark_headings, mark_labels, mark_neighbours
from invoicewatch.extract.parties.ranking.wordmarks import mark_words
from invoicewatch.records import Source

_LINE_MARKS = {
    f"line_{name}": name
    for name in (
        "address_like",
        "postcode",
        "state",
        "phone",
        "digits",
        "small_words",
        "registered",
        "hours",
        "form",
        "chars",
    )
}
_MIN_REPEATED = 4
_MAX_ROWS = 40.0
_MAX_SIZE = 6.0


def describe_candidates(
    candidates: Sequence[NameCandidate], facts: PageFacts, judgement: Judgement
) -> list[dict[str, float]]:
    """The features of each candidate by name."""
    rows = [_describe(candidate, facts, judgement) for candidate in candidates]
    _compare(candidates, rows)
    return rows


def _compare(candidates: Sequence[NameCandidate], rows: Sequence[dict[str, float]]) -> None:
    """Set each candidate beside the others of its page: largest type, likest to a host, first of its kind."""
    largest = max((row["size"] for row in rows), default=1.0)
    likest = max((row["host_likeness"] for row in rows), default=0.0)
    formed = sorted({each.row.number for each, row in zip(candidates, rows, strict=True) if row["form"]})
    named = sorted(
        {
            each.row.number
            for each, row in zip(candidates, rows, strict=True)
            if row["name_like"] and row["label_words"] < 1 and each.lines == 1 and not row["digits"]
        }
    )
    brands = sorted({each.row.number for each, row in zip(candidates, rows, strict=True) if row["brand"]})
    for each, row in zip(candidates, rows, strict=True):
        row["size_of_largest"] = row["size"] / max(largest, 1e-6)
        row["host_of_likest"] = row["host_likeness"] / likest if likest else 0.0
        row["forms_above"] = float(sum(number < each.row.number for number in formed))
        row["forms_elsewhere"] = float(sum(number != each.row.number for number in formed))
        row["names_above"] = float(sum(number < each.row.number for number in named))
        row["brands_elsewhere"] = float(sum(number != each.row.number for number in brands))


def _describe(candidate: NameCandidate, facts: PageFacts, judgement: Judgement) -> dict[str, float]:
    return {
        **mark_judgement(candidate, judgement),
        **mark_words(_bare(candidate.text, candidate)),
        "marked_number": float(_bare(candidate.text, candidate) != candidate.text),
        **_mark_place(candidate, facts),
        **_mark_cut(candidate),
        **_mark_line(candidate),
        **_mark_knowledge(candidate, facts),
        **mark_labels(candidate, facts),
        **mark_headings(candidate, facts),
        **mark_neighbours(candidate, facts),
    }


def _bare(text: str, candidate: NameCandidate) -> str:
    """``text`` of a candidate or its line without the shop's number behind it, which says nothing against a name."""
    return drop_shop_number(text, at_top=candidate.row.number == 0)


def _mark_place(candidate: NameCandidate, facts: PageFacts) -> dict[str, float]:
    """Where it stands and how large, in measures of its page."""
    page, box, content = facts.page, candidate.box, facts.content
    number, width = candidate.row.number, max(content.width, 1e-6)
    sure = [word.confidence for word in candidate.words]
    return {
        "row": min(float(number), _MAX_ROWS),
        "row_from_foot": min(float(len(page.rows) - candidate.last_row - 1), _MAX_ROWS),
        "height_on_page": (box.y0 - content.y0) / max(content.height, 1e-6),
        "left": (box.x0 - content.x0) / width,
        "off_centre": abs(box.middle[0] - content.middle[0]) / width,
        "width": box.width / width,
        "size": min(candidate.type_height / max(facts.word_height, 1e-6), _MAX_SIZE),
        "before_amounts": float(number < facts.first_amount),
        "rows_to_amounts": min(max(float(facts.first_amount - number), -1.0), _MAX_ROWS),
        "rows_of_page": float(len(page.rows)),
        "text_layer": float(page.source is Source.TEXT_LAYER),
        "confidence": sum(sure) / len(sure),
        "least_confidence": min(sure),
    }


def _mark_cut(candidate: NameCandidate) -> dict[str, float]:
    """How it was cut out of its line or lines."""
    whole = max(len(fold(candidate.row.text)), 1)
    heights = [word.box.height for word in candidate.words]
    return {
        f"cut_{candidate.how}": 1.0,
        "lines": float(candidate.lines),
        "share_of_line": min(len(candidate.folded) / max(len(fold(candidate.line)), 1), 3.0),
        "share_of_row": min(len(candidate.folded) / whole, 3.0),
        "even_type": min(heights) / max(*heights, 1e-6),
        **_mark_parts(candidate),
    }


def _mark_line(candidate: NameCandidate) -> dict[str, float]:
    """What the whole line is that it was cut from, and whether a number follows it there."""
    marks = mark_words(_bare(candidate.line, candidate))
    last = candidate.words[-1].box.x1 if candidate.lines == 1 else 1.0
    after = next((word.text for word in candidate.row.words if word.box.x0 >= last - 1e-6), "")
    rest = candidate.line[candidate.line.find(candidate.text) + len(candidate.text) :].strip(" .:#(-")
    return {
        **{own: marks[name] for own, name in _LINE_MARKS.items()},
        "number_follows": float(after.lstrip("#:(")[:1].isdigit() or rest[:1].isdigit()),
        "colon_follows": float(after.startswith(":") or candidate.words[-1].text.endswith(":")),
    }


def _mark_parts(candidate: NameCandidate) -> dict[str, float]:
    """The lines of a joined name against each other: what the first and the last are."""
    if candidate.lines == 1:
        return {}
    first, last = mark_words(candidate.parts[0]), mark_words(candidate.parts[-1])
    middles = [box.middle[0] for box in candidate.part_boxes]
    lefts = [box.x0 for box in candidate.part_boxes]
    width = max(candidate.box.width, 1e-6)
    sizes = candidate.part_sizes
    return {
        "first_form": first["form"],
        "first_brand": first["brand"],
        "first_trade": first["trade_words"],
        "last_form": last["form"] or mark_words(f"xx {candidate.parts[-1]}")["form"],
        "last_trade": last["trade_words"],
        "last_address": last["address_like"],
        "last_small": last["small_words"],
        "last_places": last["place_words"],
        "last_digits": last["digits"],
        "last_chars": last["chars"],
        "last_name_like": last["name_like"],
        "parts_size": min(sizes) / max(*sizes, 1e-6),
        "parts_aligned": min(max(middles) - min(middles), max(lefts) - min(lefts)) / width,
        "parts_gap": max(below.y0 - above.y1 for above, below in pairwise(candidate.part_boxes))
        / max(min(sizes), 1e-6),
    }


def _mark_knowledge(candidate: NameCandidate, facts: PageFacts) -> dict[str, float]:
    """What else is known: hosts on the page, the same words elsewhere on it."""
    folded = candidate.folded
    words = [fold(word) for word in candidate.text.split()]
    again = sum(facts.count(word) > words.count(word) for word in set(words) if len(word) >= _MIN_REPEATED)
    return {
        "host_likeness": rate_likeness(candidate.text, facts.hosts),
        "has_hosts": float(bool(facts.hosts)),
        "repeated": min(facts.count(folded) - 1.0, 3.0) if len(folded) >= _MIN_REPEATED else 0.0,
        "words_repeated": again / max(len(words), 1),
    }
