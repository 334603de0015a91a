"""Makes lines of drafts: which of their values stand, and which of them are proved."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from invoicewatch.extract.lines.draft import ColumnRole, Draft
from invoicewatch.extract.lines.sums import Closing, find_amount, find_product, sum_line
from invoicewatch.extract.proof.fields import find_source
from invoicewatch.extract.proof.reading import CLEAR_CONFIDENCE
from invoicewatch.records import InvoiceLine, Source, Word

_MOST_RATE = 50
_DIGITS_OF_CODE = 4


def settle_lines(drafts: Sequence[Draft], closing: Closing | None) -> tuple[InvoiceLine, ...]:
    """The lines; without a ``closing`` none is verified."""
    counts = [draft.find_value(ColumnRole.QUANTITY) for draft in drafts]
    if len(drafts) > 1 and counts == list(range(1, len(drafts) + 1)) and not any(map(find_product, drafts)):
        for draft in drafts:
            del draft.figures[ColumnRole.QUANTITY]  # they number the lines
    return tuple(_settle_line(draft, closing) for draft in drafts)


def _settle_line(draft: Draft, closing: Closing | None) -> InvoiceLine:
    sign = closing.sign if closing is not None else 1
    amount = sign * sum_line(draft)
    made = find_product(draft)
    quantity = made.quantity if made is not None else draft.find_value(ColumnRole.QUANTITY)
    if quantity is not None and sign < 0 and quantity < 0:
        quantity = -quantity
    figure = find_amount(draft)
    source = find_source(figure.row, figure.words)
    gross = closing is not None and closing.gross
    return InvoiceLine(
        description=_write_description(draft),
        quantity=None if quantity is None else _tidy(quantity),
        unit=" ".join(word.text for word in draft.unit),
        unit_price=made.price if made is not None else draft.find_value(ColumnRole.UNIT_PRICE),
        net=None if gross else amount,
        gross=amount if gross else None,
        rate=_find_rate(draft),
        source=source,
        verified=closing is not None and closing.proved and _is_certain(draft, source, product=made is not None),
        page=draft.page,
        box=draft.box,
    )


def _write_description(draft: Draft) -> str:
    """The words without the article's number before them."""
    words = [word.text for word in draft.words]
    numbered = len(words) > 1 and words[0].isdecimal() and len(words[0]) >= _DIGITS_OF_CODE
    return " ".join(words[1:] if numbered else words)


def _is_certain(draft: Draft, source: Source, *, product: bool) -> bool:
    """Whether the line's own figures agree: a quantity is proved by its price, or by a text layer if it has none.

    Behind a colon a remark may follow the name, or the name may follow a number.
    """
    unclear = any(_is_unclear(word, source) or word.text.endswith(":") for word in draft.words)
    if not draft.words or draft.doubtful or unclear:
        return False
    if product:
        return True
    figures = draft.figures.keys() & {ColumnRole.QUANTITY, ColumnRole.UNIT_PRICE}
    return not figures or (source is Source.TEXT_LAYER and len(figures) == 1)


def _is_unclear(word: Word, source: Source) -> bool:
    """Whether a word of the name may be misread: no sum proves a name."""
    return source is not Source.TEXT_LAYER and not word.agreed and word.confidence < CLEAR_CONFIDENCE


def _find_rate(draft: Draft) -> Decimal | None:
    rate = draft.find_value(ColumnRole.RATE)
    return rate if rate is not None and 0 <= rate <= _MOST_RATE else None


def _tidy(quantity: Decimal) -> Decimal:
    """Without the noughts that a column of decimals adds: ``3.000`` is ``3``."""
    plain = quantity.normalize()
    return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain
