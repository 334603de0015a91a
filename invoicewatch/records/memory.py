"""What earlier documents proved."""

from __future__ import annotations

from dataclasses import dataclass, field

from invoicewatch.records.looks.paper import Look, LookBook


@dataclass(frozen=True, slots=True)
class SellerMemory:
    """What is known of one seller, learned only from e-invoices, humans and verified fields.

    ``proofs`` counts the documents behind it. ``date_order`` is ``dmy``, ``mdy``, ``ymd`` or empty; ``decimal_sign``
    is ``.``, ``,`` or empty. ``number_pattern`` is the shape of its invoice numbers (digits as ``9``, letters as
    ``A``) or empty.
    """

    name: str
    proofs: int
    vat_id: str = ""
    iban: str = ""
    domain: str = ""
    currency: str = ""
    date_order: str = ""
    decimal_sign: str = ""
    number_pattern: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """A read-only snapshot. ``version`` grows with every change, so that a record can name what it was made with.

    ``looks`` are how the sellers' papers look; ``office`` are the names of who receives the documents, as most of them
    say; the settings outrank it.
    """

    version: int = 0
    sellers: tuple[SellerMemory, ...] = ()
    looks: LookBook = field(default_factory=LookBook)
    office: tuple[str, ...] = ()

    def is_same_as(self, other: Memory) -> bool:
        """Whether nothing need be told of ``other`` to who has this; databases count versions each for itself."""
        return self is other or (
            (self.version, self.sellers, self.office) == (other.version, other.sellers, other.office)
            and self.looks.looks.keys() == other.looks.looks.keys()
        )


@dataclass(frozen=True, slots=True)
class MemoryChange:
    """What a snapshot has that an older one had not: small, as only looks that changed are in it.

    ``forgotten`` are the keys of looks that are gone.
    """

    version: int
    sellers: tuple[SellerMemory, ...]
    looks: tuple[Look, ...]
    forgotten: tuple[int, ...]
    office: tuple[str, ...] = ()

    @classmethod
    def between(cls, older: Memory, newer: Memory) -> MemoryChange:
        """What changed; a look that did not is the very same object in both."""
        before, now = older.looks.looks, newer.looks.looks
        changed = tuple(look for key, look in now.items() if before.get(key) is not look)
        gone = tuple(key for key in before if key not in now)
        return cls(newer.version, newer.sellers, changed, gone, newer.office)

    def apply(self, older: Memory) -> Memory:
        """The newer snapshot."""
        return Memory(self.version, self.sellers, older.looks.renewed(self.looks, self.forgotten), self.office)


def shape_of(number: str) -> str:
    """The shape of an invoice number: what is a digit, what a letter, and the signs between.

    >>> shape_of("RE-2026/17")
    'AA-9999/99'
    """
    return "".join("9" if char.isdigit() else "A" if char.isalpha() else char for char in number)
