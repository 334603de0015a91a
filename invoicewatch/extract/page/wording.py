"""What is never a party's name: labels, the headings of tables, and how a letter greets and takes its leave."""

from __future__ import annotations

from invoicewatch.extract.page.labels import Label, LabelTable, find_row_labels, load_labels
from invoicewatch.extract.page.layout import PageView, Row
from invoicewatch.extract.page.legal_forms import has_legal_form
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
    return whole or any(_is_formula(label, first, text) for label in inside)


def find_block_ends(page: PageView) -> list[int]:
    """The numbers of the rows that no party's block reaches: headings of tables, greetings and leave-takings."""
    table = load_labels("columns", "letters")
    return [row.number for row in page.rows if _ends_block(row, _find_labels(row, table))]


def _ends_block(row: Row, labels: list[Label]) -> bool:
    """Whether two headings of columns or more and no figures stand on ``row``, or a cell of it is a formula."""
    columns = sum(label.role == "column" for label in labels)
    if columns >= _COLUMNS_OF_TABLE and not any(char.isdigit() for char in row.text):
        return True
    cells = [(first, row.join(first, last)) for first, last in row.cells] if labels else []
    formula = any(_is_formula(label, first, text) for first, text in cells for label in labels)
    return formula and not has_legal_form(row.text)


def _is_formula(label: Label, first: int, text: str) -> bool:
    """A leave-taking begins ``text``, whose first word is ``first``; a greeting begins it and a comma ends it."""
    if label.first != first or label.role not in {"closing", "salutation"}:
        return False
    return label.role == "closing" or text.rstrip().endswith(_GREETING_ENDS)


def _load_all() -> LabelTable:
    # Where two tables hold one phrase the first one's role stays: letters also tell kinds of paper.
    return load_labels("letters", "identifiers", "dates", "kinds", "amounts", "parties", "columns")


def _find_labels(row: Row, table: LabelTable) -> list[Label]:
    """The labels of ``row``; a text layer has no misreadings."""
    return find_row_labels(row, table, fuzzy=row.source is not Source.TEXT_LAYER)
