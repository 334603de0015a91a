"""What becomes of a code's statement beside what the document says of the same field.

A code proves what it states. Where nothing else was found it fills the field; where the page says the same it proves
the page's own value; where an unproved value stands beside a printed one that the code names, the code chooses; and
where the document says something else that is as good as proved, nothing is proved any more, and a person must look.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from invoicewatch.extract.codes.shown import Shown
from invoicewatch.extract.codes.statement import Statement, is_same, set_aside
from invoicewatch.extract.numbers.ibans import check_iban
from invoicewatch.records import Field, Source

_OWN_NUMBER = frozenset({"invoice_number"})  # printed in more than one form, and each is right


def settle_field(statements: Sequence[Statement], found: Field | None, shown: Shown) -> Field:
    """The field that stands, from all different values that codes state for it; there is at least one.

    Args:
        statements: The codes' values, in the order of the page.
        found: What the document says; None where nothing was found.
        shown: The pages.
    """
    first, *rest = statements
    others = tuple(other.as_alternative() for other in rest)
    if found is None or found.source is Source.E_INVOICE:
        return first.make_contradicted(others) if others else first.make_field()
    agreeing = [each for each in statements if is_same(each.name, each.value, found.value)]
    if agreeing:
        return agreeing[0].confirm(found)
    if others:
        return first.make_contradicted((*set_aside(found), *others))
    if first.name in _OWN_NUMBER and found.verified:
        return found
    if _may_choose(first, found, shown):
        return first.make_field(set_aside(found))
    return first.make_contradicted(set_aside(found))


def _may_choose(stated: Statement, found: Field, shown: Shown) -> bool:
    """Whether the page's value was only a choice among several, of which the code names another.

    An account is never proved to be the only one: another one beside it may be the one to pay to.
    """
    if stated.name == "iban":
        return shown.shows_account(str(stated.value), misread=not check_iban(str(found.value)))
    if found.verified:
        return False
    return not isinstance(stated.value, Decimal) or shown.shows_amount(stated.value)
