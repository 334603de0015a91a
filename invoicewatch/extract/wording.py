"""What is never a party's name: labels, the headings of tables, and how a letter greets and takes its leave."""

from __future__ import annotations

from invoicewatch.extract.labels import Label, LabelTable, find_row_labels, load_labels
from invoicewatch.extract.layout import PageView, Row
from invoicewatch.extract.legal_forms import has_legal_form
from invoicewatch.records import Source

_COLUMNS_OF_TABLE = 2
_GREETING_ENDS = (",", "!", ":")


def is_wording(row: Row, first: int, last: int) -> bool:
    """Whether words ``first`` up to but not including ``last`` of ``row`` are labels throughout, or a letter's formula.

    ``Lieferant GmbH`` and ``Regards Ltd`` are companies for all that.
    """
    text = row.join(first, last)
    if has_legal_form(text):
        return False
    inside = [label for label in _find_labels(row, _load_all()) if first <= label.first and label.last <= last]
    labelled = {n for label in inside for n in range(label.first, label.last)}
    words = [n for n in range(first, last) if any(char.isalpha() for char in row.words[n].text)]
    whole = bool(words) and labelled.issuperset(words)
    return whole or _is_formula(row, first, text)


def find_block_ends(page: PageView) -> list[int]:
    """The numbers of the rows that no party's block reaches: headings of tables, greetings and leave-takings."""
    return [row.number for row in page.rows if _is_table_head(row) or _is_formula_row(row)]


def _is_table_head(row: Row) -> bool:
    """Two headings of columns or more, and no figures."""
    labels = _find_labels(row, load_labels("columns"))
    return len(labels) >= _COLUMNS_OF_TABLE and not any(char.isdigit() for char in row.text)


def _is_formula_row(row: Row) -> bool:
    return any(_is_formula(row, first, row.join(first, last)) for first, last in row.cells) and not has_legal_form(
        row.text
    )


def _is_formula(row: Row, first: int, text: str) -> bool:
    """A leave-taking begins the text; a greeting begins it and a comma or the like ends it."""
    labels = [label for label in _find_labels(row, load_labels("letters")) if label.first == first]
    return any(label.role == "closing" or text.rstrip().endswith(_GREETING_ENDS) for label in labels)


def _load_all() -> LabelTable:
    return load_labels("identifiers", "dates", "kinds", "amounts", "parties", "columns", "letters")


def _find_labels(row: Row, table: LabelTable) -> list[Label]:
    """The labels of ``row``; a text layer has no misreadings."""
    return find_row_labels(row, table, fuzzy=row.source is not Source.TEXT_LAYER)
