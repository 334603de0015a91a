"""One value that a code states, as a field, and beside what the document says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from invoicewatch.extract.codes.known import ReadCode
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import CodeWeights
from invoicewatch.records import Alternative, Field, FieldValue, Source, format_value

_EXACT = frozenset({"iban", "currency", "document_type"})
_LEAST_PART = 3  # a number may be printed without its series or its country, but not shorter


@dataclass(frozen=True, slots=True)
class Statement:
    """That the field ``name`` is ``value``, because ``read`` says so."""

    name: str
    value: FieldValue
    read: ReadCode

    def make_field(self, others: tuple[Alternative, ...] = ()) -> Field:
        """The field as the code proves it: what it reads, and what that stands for."""
        stated = load_weights(CodeWeights).stated
        code = self.read.code
        method = f"stated by the code ({self.read.syntax.name})"
        text = format_value(self.value)
        return Field(self.name, self.value, stated, True, code.page, code.box, Source.CODE, method, text, others)

    def make_contradicted(self, others: tuple[Alternative, ...]) -> Field:
        """The field where something as good as proved says otherwise: nothing is proved any more."""
        contradicted = load_weights(CodeWeights).contradicted
        field = self.make_field(others)
        method = f"{field.method}, which the document contradicts"
        return replace(field, confidence=contradicted, verified=False, method=method)

    def as_alternative(self) -> Alternative:
        """The statement beside another value of its field."""
        contradicted = load_weights(CodeWeights).contradicted
        code = self.read.code
        return Alternative(self.value, contradicted, code.page, code.box, format_value(self.value))

    def confirm(self, field: Field) -> Field:
        """The page's own field, which the code proves: two that know nothing of each other say the same."""
        confidence = max(field.confidence, load_weights(CodeWeights).stated)
        method = f"{field.method}; the code ({self.read.syntax.name}) says the same"
        return replace(field, confidence=confidence, verified=True, method=method)


def list_statements(codes: Iterable[ReadCode]) -> Mapping[str, list[Statement]]:
    """What all codes state, by field: of each value the first that states it."""
    stated: dict[str, list[Statement]] = {}
    for read in codes:
        for name, value in read.payload.values.items():
            known = stated.setdefault(name, [])
            if not any(is_same(name, other.value, value) for other in known):
                known.append(Statement(name, value, read))
    return stated


def is_same(name: str, one: FieldValue, other: FieldValue) -> bool:
    """Whether both values are one: amounts whatever their sign, numbers also without their series or country.

    >>> is_same("invoice_number", "FT AB2019/0035", "AB2019/0035")
    True
    >>> is_same("iban", "DE02120300000000202051", "02120300000000202051")
    False
    """
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return abs(one) == abs(other)
    if name in _EXACT or not (isinstance(one, str) and isinstance(other, str)):
        return one == other
    short, long = sorted((_fold(one), _fold(other)), key=len)
    return short == long or (len(short) >= _LEAST_PART and long.endswith(short))


def set_aside(field: Field) -> tuple[Alternative, ...]:
    """The field and its own alternatives as alternatives to another value."""
    own = Alternative(field.value, field.confidence, field.page, field.box, field.text)
    return (own, *field.alternatives)


def _fold(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
