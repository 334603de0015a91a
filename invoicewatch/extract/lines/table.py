"""Lines out of a table under headings: figures by their columns, and texts that wrap over several rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from invoicewatch.extract.amounts.roles import SUM_ROLES, AmountRole
from invoicewatch.extract.amounts.rows import Amount
from invoicewatch.extract.lines.columns import Zone, assign_figures, find_zone, list_unit, list_words
from invoicewatch.extract.lines.draft import AMOUNT_ROLES, KEY_ROLES, ColumnRole, Draft
from invoicewatch.extract.lines.headings import Heading
from invoicewatch.extract.lines.sums import ZERO, sum_line
from invoicewatch.extract.page.labels import Label
from invoicewatch.extract.page.layout import Row
from invoicewatch.extract.total.reading.sheet import Sheet
from invoicewatch.records import Word

_FIRST_SUMS = SUM_ROLES | {AmountRole.SUBTOTAL, AmountRole.NET, AmountRole.TAX_TOTAL, AmountRole.TAX}
_TAKEN_OFF = frozenset({AmountRole.DISCOUNT, AmountRole.SERVICE})
_COVERED = 0.5  # of a cell's letters
_PITCH = 2.2  # heights of a word from one row of a text to the next; more, and another text begins
_ROWS_OF_TEXT = 2  # below each line on average: then these are texts that wrap, and hardly remarks


@dataclass(frozen=True, slots=True)
class _Read:
    """One row of the table: its figures by column."""

    sheet: Sheet
    row: Row
    heading: Heading
    figures: dict[ColumnRole, Amount]

    @property
    def keys(self) -> frozenset[ColumnRole]:
        return frozenset(self.figures) & KEY_ROLES


# The rows with a line's figures, the text rows before and after them, and what is taken off it.
_Group = tuple[list[_Read], list[_Read], list[_Read], list[Amount]]


def read_table(sheets: Sequence[Sheet], heading: Heading, headings: Sequence[Heading]) -> list[Draft]:
    """The lines below ``heading``, over page breaks, down to the first sum or the next table."""
    read = list(_list_rows(sheets, heading, headings))
    if not read:
        return []
    figures = [each.figures for each in read if len(each.keys) > 1]
    below = _is_below(heading)
    zone = find_zone(heading, figures, [each.row for each in read], read[0].sheet.page.char_width)
    zone = replace(zone, right=1.0) if below else zone
    lines = _drop_carried(list(_describe(list(_group_rows(read)), zone, below=below)))
    _drop_running_numbers(lines, certain=heading.find_column(ColumnRole.POSITION) is not None)
    return lines


def _drop_running_numbers(drafts: Sequence[Draft], *, certain: bool) -> None:
    """Take the lines' own numbers off their texts: 1, 2, 3 under a heading that is no word (#), or aside of theirs.

    Where no heading makes it ``certain``, one line alone may begin with a figure, and so may lines without a quantity.
    """
    counted = len(drafts) > 1 and all(ColumnRole.QUANTITY in draft.figures for draft in drafts)
    numbers = [draft.words[0].text.rstrip(".)") if len(draft.words) > 1 else "" for draft in drafts]
    if (certain or counted) and numbers == [str(n) for n in range(1, len(drafts) + 1)]:
        for draft in drafts:
            del draft.words[0]


def _drop_carried(drafts: Sequence[Draft]) -> list[Draft]:
    """The lines without the sums that are carried from one page to the next: such a sum is that of the lines so far."""
    kept: list[Draft] = []
    so_far = ZERO
    for draft in drafts:
        if len(kept) > 1 and so_far == sum_line(draft) and KEY_ROLES - AMOUNT_ROLES - draft.figures.keys():
            continue
        kept.append(draft)
        so_far += sum_line(draft)
    return kept


def _is_below(heading: Heading) -> bool:
    """Whether the description has a row of its own under the figures, as its heading stands under theirs."""
    text = heading.find_column(ColumnRole.DESCRIPTION)
    return text is not None and all(text.row > each.row for each in heading.columns if each.role in KEY_ROLES)


def _list_rows(sheets: Sequence[Sheet], heading: Heading, headings: Sequence[Heading]) -> Iterator[_Read]:
    current = heading
    for sheet in sheets:
        if sheet.page.page < heading.page:
            continue
        others = {other.first: other for other in headings if other.page == sheet.page.page}
        again = (first for first, other in others.items() if other.repeats(heading))
        n = heading.last + 1 if sheet.page.page == heading.page else min(again, default=0)
        while n < len(sheet.page.rows):
            other = others.get(n)
            if other is not None:
                if not other.repeats(heading):
                    return
                current, n = other, other.last + 1
                continue
            figures = assign_figures(sheet, n, current)
            if _is_sum(sheet, n, figures):
                return
            if not any(label.role == AmountRole.CARRIED for label in sheet.labels[n]):
                yield _Read(sheet, sheet.page.rows[n], current, figures)
            n += 1


def _is_sum(sheet: Sheet, n: int, figures: dict[ColumnRole, Amount]) -> bool:
    """Whether a row states a sum and is no line whose name begins like one (``Total Cleaner``)."""
    named = [label for label in sheet.labels[n] if label.role in _FIRST_SUMS | {AmountRole.TAX_SUMMARY}]
    if not named or {ColumnRole.QUANTITY, ColumnRole.UNIT_PRICE} <= figures.keys():
        return False
    if named[0].role == AmountRole.TAX_SUMMARY or (len(named) > 1 and not sheet.amounts[n]):
        return True  # the heading of another table
    return bool(sheet.money(n)) and any(label.leads and _fills_cell(label) for label in named)


def _fills_cell(label: Label) -> bool:
    cell = label.row.join(*label.row.cell_at(label.first))
    return sum(map(str.isalpha, label.text)) >= _COVERED * sum(map(str.isalpha, cell))


def _group_rows(read: Sequence[_Read]) -> Iterator[_Group]:
    """For each line: the rows with its figures, the text rows before and after them, and what is taken off it."""
    groups: list[tuple[list[_Read], list[_Read], list[Amount]]] = []
    lead: list[_Read] = []
    for each in read:
        if not each.keys:
            (groups[-1][1] if groups else lead).append(each)
            continue
        filled = frozenset().union(*(other.keys for other in groups[-1][0])) if groups else frozenset()
        if groups and _is_taken_off(each):
            groups[-1][2].extend(amount for role, amount in each.figures.items() if role in AMOUNT_ROLES)
        elif not groups or each.keys & filled:
            groups.append(([each], [], []))
        else:
            groups[-1][0].extend((*groups[-1][1], each))
            groups[-1][1].clear()
    before = lead
    for rows, after, off in groups:
        yield rows, before, after, off
        before = after


def _is_taken_off(each: _Read) -> bool:
    labels = {label.role for label in each.sheet.labels[each.row.number]}
    return bool(labels & _TAKEN_OFF) and each.keys <= AMOUNT_ROLES


def _describe(groups: Sequence[_Group], zone: Zone, *, below: bool) -> Iterator[Draft]:
    """The lines that have an amount, with their texts."""
    edge = _find_edge(groups, zone)
    for rows, before, after, off in groups:
        draft = Draft(rows[0].sheet.page.page, off=off)
        for each in rows:
            for role, amount in each.figures.items():
                draft.figures.setdefault(role, amount)
        if not AMOUNT_ROLES & draft.figures.keys():
            continue
        quantity = draft.figures.get(ColumnRole.QUANTITY)
        holder = next((each for each in rows if ColumnRole.QUANTITY in each.figures), rows[0])
        draft.unit = list_unit(holder.row, holder.heading, quantity)
        draft.words, certain = _read_text(rows, before, after, zone, edge, below=below)
        draft.doubtful = not certain
        yield draft


def _read_text(
    rows: Sequence[_Read], before: Sequence[_Read], after: Sequence[_Read], zone: Zone, edge: float, *, below: bool
) -> tuple[list[Word], bool]:
    """The description: on the first row that has words, and on those after it that it wraps to.

    And whether that is certain: whether a row goes on with the text depends on where the column ends, which is.
    """
    own = [each for each in rows if list_words(each.row, zone, each.figures)]
    if below and any(list_words(each.row, zone, each.figures) for each in after):
        following = list(after)
    elif own:
        following = [*rows[rows.index(own[0]) :], *after]
    else:
        following = list(before[-1:] or after)
    words: list[Word] = []
    certain = True
    for each in following:
        fresh = list_words(each.row, zone, each.figures)
        if words and fresh:
            reach = _find_reach(words[-1], fresh, zone)
            certain = certain and not edge < reach <= zone.right
            if reach <= edge:
                break
            certain = certain and not fresh[0].text[:1].isupper()  # perhaps a remark, under a text that fills its row
        words += fresh
    return words, certain


def _find_reach(last: Word, fresh: Sequence[Word], zone: Zone) -> float:
    """How far a text that ended at ``last`` would have reached with the first word of the next row; 0 if that is far.

    Past the column's end that word did not fit, and the row goes on with the text.
    """
    first = fresh[0]
    if first.box.y0 - last.box.y0 > _PITCH * max(first.box.height, last.box.height) > 0:
        return 0.0
    if fresh[-1].box.x1 > zone.right:
        return 0.0
    return last.box.x1 + first.box.width / max(1, len(first.text)) + first.box.width


def _find_edge(groups: Sequence[_Group], zone: Zone) -> float:
    """Where the lines of descriptions end at the latest, as far as the page shows it.

    Texts over many rows show it by their longest one. Where there are few, the end is somewhere between that and the
    column's right neighbour, and the middle is taken.
    """
    ends, texts = [zone.left], 0
    for rows, _, after, _ in groups:
        texts += len(after)
        for each in (*rows, *after):
            ends += [word.box.x1 for word in list_words(each.row, zone, each.figures) if word.box.x1 <= zone.right]
    if texts >= _ROWS_OF_TEXT * len(groups):
        return max(ends)
    return (max(ends) + max(*ends, zone.right)) / 2
