"""The kinds of arithmetic by which sums close."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from invoicewatch.extract.amounts.roles import TAX_ROLES, AmountRole

_ADDED_LAST = TAX_ROLES | {AmountRole.ROUNDING}


class Arithmetic(StrEnum):
    """Kinds of one form each; the value says it in words."""

    CHANGE = "cash less change"
    TAX_TABLE = "bases and taxes by rate"
    LINES = "lines"
    PARTS = "parts"
    PREPAID = "due + prepaid"


@dataclass(frozen=True, slots=True)
class Addition:
    """A sum on the way and what is ``added`` to it (a discount too), each role once, in reading order."""

    base: AmountRole
    added: tuple[AmountRole, ...]

    @classmethod
    def of(cls, base: AmountRole, roles: Iterable[AmountRole]) -> Addition:
        """The kind of ``base`` with terms of ``roles``."""
        return cls(base, tuple(dict.fromkeys(roles)))

    def __str__(self) -> str:
        """As a sum in words: ``net + service + tax total``."""
        return " + ".join(role.words for role in (self.base, *self.added))


ClosingKind = Arithmetic | Addition

TOTAL_ROUNDED = Addition(AmountRole.TOTAL, (AmountRole.ROUNDING,))
_PAYABLE_ROUNDED = Addition(AmountRole.PAYABLE, (AmountRole.ROUNDING,))
_FINAL = frozenset({Arithmetic.CHANGE, Arithmetic.PREPAID, Arithmetic.TAX_TABLE})
_IMPLYING: frozenset[ClosingKind] = frozenset(
    (
        Arithmetic.CHANGE,
        TOTAL_ROUNDED,
        _PAYABLE_ROUNDED,
        *(Addition(net, (tax,)) for net in (AmountRole.NET, AmountRole.SUBTOTAL) for tax in TAX_ROLES),
    )
)


def is_final(kind: ClosingKind) -> bool:
    """Whether it contains tax, rounding or payment, after which nothing more is added."""
    return not _ADDED_LAST.isdisjoint(kind.added) if isinstance(kind, Addition) else kind in _FINAL


def is_rounding(kind: ClosingKind) -> bool:
    """Whether rounding is the last that it adds."""
    return isinstance(kind, Addition) and kind.added[-1:] == (AmountRole.ROUNDING,)


def implies_total(kind: ClosingKind) -> bool:
    """Whether what it closes on is a total, though no label may name it."""
    return kind in _IMPLYING
