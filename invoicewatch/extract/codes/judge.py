"""Why a person should look at a document for its codes: one that does not hold, or says something else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from invoicewatch.extract.codes.known import ReadCode, find_syntax, iterate_read
from invoicewatch.extract.codes.statement import is_same
from invoicewatch.records import Code, Field, FieldValue, Source, format_value


def find_code_reasons(codes: Sequence[Code], fields: Mapping[str, Field | None]) -> tuple[str, ...]:
    """In words for the review: payment codes whose checks fail, and values that the document contradicts.

    Args:
        codes: As ``name_code`` named them.
        fields: The fields that stand.
    """
    return tuple(dict.fromkeys([*_find_broken(codes), *_find_contradicted(codes, fields)]))


def _find_broken(codes: Sequence[Code]) -> Iterator[str]:
    """A till's code that fails is told of in the record alone: nobody pays by it."""
    for code in codes:
        syntax = find_syntax(code)
        if syntax is not None and syntax.asks_for_money and code.fault:
            yield f"the code on page {code.page} ({syntax.name}) gives nothing: {code.fault}"


def _find_contradicted(codes: Sequence[Code], fields: Mapping[str, Field | None]) -> Iterator[str]:
    for read in iterate_read(codes):
        for name, value in read.payload.values.items():
            field = fields.get(name)
            if field is not None and (other := _find_other(name, value, field)):
                yield f"{_say(read, name, value)}, {other}"


def _find_other(name: str, value: FieldValue, field: Field) -> str:
    """What speaks against a code's value of a field; empty where nothing does."""
    if field.source is Source.E_INVOICE:
        same = is_same(name, value, field.value)
        return "" if same else f"the e-invoice says {format_value(field.value)}"
    if field.source is not Source.CODE or field.verified or not field.alternatives:
        return ""
    if not is_same(name, value, field.value):
        return ""  # told of at the code whose value stands
    return f"the document says {format_value(field.alternatives[0].value)}"


def _say(read: ReadCode, name: str, value: FieldValue) -> str:
    what = name.replace("_", " ")
    return f"the code on page {read.code.page} ({read.syntax.name}) says the {what} is {format_value(value)}"
