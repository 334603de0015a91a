"""Tasks and outcomes as bytes that hold data and nothing else, so that they may come from anybody.

MessagePack, written and read by msgspec into the very types of ``records``. A field's value is the one thing whose type
its bytes do not tell, so it travels with the name of its type. What comes from a machine is checked further than by its
type: it is recorded on the head.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal, get_type_hints

import msgspec

from invoicewatch.records import Document, Failure, Invoice, Memory, Refusal
from invoicewatch.records.as_json import make_encodable
from invoicewatch.records.field import Alternative, Field, FieldValue, format_value
from invoicewatch.workers.task import Outcome, SpooledFile, Task

MAX_TEXT = 16 << 20  # letters in a text, and bytes of a page's words once they are unpacked
_MOST_DIGITS = 30
_MOST_PARTS = 10_000
_MOST_NUMBER = 1 << 31
_NO_TIME = datetime.min.replace(tzinfo=UTC)
_Value = tuple[Literal["text", "money", "date"], str]


class CarryError(Exception):
    """Bytes that are no task or outcome, or one that no document can have."""


def _mirror(kind: type[Any], **other: Any) -> Any:
    """A struct with the fields of a record in their order, some of them of ``other`` types."""
    hints = get_type_hints(kind)
    named = [(each.name, other.get(each.name, hints[each.name])) for each in fields(kind)]
    return msgspec.defstruct(f"Carried{kind.__name__}", named, frozen=True, array_like=True)


def _many(kind: Any) -> Any:
    return tuple.__class_getitem__((kind, ...))


def _named(kind: Any) -> Any:
    return dict.__class_getitem__((str, kind | None))


_Alternative = _mirror(Alternative, value=_Value)
_Field = _mirror(Field, value=_Value, alternatives=_many(_Alternative))
_Invoice = _mirror(Invoice, fields=_named(_Field))
_Outcome = _mirror(Outcome, invoices=_many(_Invoice))


class _Task(msgspec.Struct, frozen=True, array_like=True):
    """A task without its memory; ``invoice`` stands in place of a document that is judged again."""

    key: str
    path: str
    content: bytes
    sha256: str
    media_type: str
    arrived: datetime
    invoice: bytes
    use_model: bool
    page_threads: int
    notes: tuple[str, ...]
    refused: tuple[Refusal, ...]


_ENCODER = msgspec.msgpack.Encoder()
_READ_INVOICE = msgspec.msgpack.Decoder(_Invoice)
_READ_TASK = msgspec.msgpack.Decoder(_Task)
_READ_OUTCOME = msgspec.msgpack.Decoder(_Outcome)
_READ_MEMORY = msgspec.msgpack.Decoder(Memory)


def write_task(task: Task) -> bytes:
    """A task with its document's bytes and without its memory. Raises OSError if the bytes cannot be read."""
    document = task.document.read() if isinstance(task.document, SpooledFile) else task.document
    rest = (task.use_model, task.page_threads, task.notes, task.refused)
    if isinstance(document, Invoice):
        carried = _Task(task.key, "", b"", "", "", _NO_TIME, _encode(_write_invoice(document)), *rest)
    else:
        told = (make_encodable(document.path), document.content, document.sha256, document.media_type)
        carried = _Task(task.key, *told, document.arrived, b"", *rest)
    return _encode(carried)


def read_task(content: bytes, memory: Memory) -> Task:
    """The task, with the memory that goes with it. Raises CarryError."""
    try:
        carried = _READ_TASK.decode(content)
        invoice = _read_invoice(_READ_INVOICE.decode(carried.invoice)) if carried.invoice else None
    except (msgspec.DecodeError, ValueError, ArithmeticError) as exc:
        raise CarryError(f"not a task: {exc}") from exc
    document: Document | Invoice
    told = (carried.path, carried.content, carried.sha256, carried.media_type)
    document = Document(*told, carried.arrived) if invoice is None else invoice
    rest = (carried.use_model, carried.page_threads, carried.notes, carried.refused)
    return Task(carried.key, document, memory, *rest)


def write_outcome(outcome: Outcome) -> bytes:
    """An outcome with its records."""
    return _encode(_copy(_Outcome, outcome, invoices=tuple(_write_invoice(each) for each in outcome.invoices)))


def read_outcome(content: bytes, task: Task) -> Outcome:
    """What a machine made of a task, as far as it can be that. Raises CarryError."""
    try:
        carried = _READ_OUTCOME.decode(content)
        invoices = tuple(_read_invoice(each) for each in carried.invoices)
        outcome = _copy(Outcome, carried, invoices=invoices)
    except (msgspec.DecodeError, ValueError, ArithmeticError) as exc:
        raise CarryError(f"not an outcome: {exc}") from exc
    document = task.document
    if outcome.key != task.key or (not invoices) == (outcome.failure is None) or len(invoices) > _MOST_PARTS:
        raise CarryError("an outcome of something else")
    for each in invoices:
        if each.sha256 != document.sha256:
            raise CarryError("the record of another document")
        _check_invoice(each)
    named = tuple(replace(each, path=document.path) for each in invoices)
    checked: Outcome = replace(outcome, invoices=named)
    return checked


def write_memory(memory: Memory) -> bytes:
    """A whole snapshot."""
    return _encode(memory)


def read_memory(content: bytes, older: Memory) -> Memory:
    """The snapshot; looks that are as they were in ``older`` are the very same objects. Raises CarryError."""
    try:
        memory = _READ_MEMORY.decode(content)
    except msgspec.DecodeError as exc:
        raise CarryError(f"not a memory: {exc}") from exc
    before = older.looks.looks
    looks = {key: before[key] if before.get(key) == look else look for key, look in memory.looks.looks.items()}
    return replace(memory, looks=replace(memory.looks, looks=looks))


def describe_refusal(key: str, why: str) -> Outcome:
    """The outcome of an attempt whose answer is none."""
    failure = Failure("bad_answer", f"a machine of the cluster answered {why}", "See `invoicewatch cluster status`.")
    return Outcome(key, failure=failure, transient=True, crashed=True, exit_code=1)


def _encode(value: Any) -> bytes:
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:  # a lone surrogate: half a character of a broken text layer
        return _ENCODER.encode(_mend(msgspec.to_builtins(value, builtin_types=(bytes, datetime))))


def _mend(value: Any) -> Any:
    if isinstance(value, str):
        return make_encodable(value)
    if isinstance(value, Mapping):
        return {_mend(key): _mend(each) for key, each in value.items()}
    return [_mend(each) for each in value] if isinstance(value, list | tuple) else value


def _copy(kind: Any, original: Any, /, **changed: Any) -> Any:
    names = kind.__struct_fields__ if hasattr(kind, "__struct_fields__") else kind.__dataclass_fields__
    return kind(**{name: changed[name] if name in changed else getattr(original, name) for name in names})


def _write_invoice(invoice: Invoice) -> Any:
    return _copy(
        _Invoice,
        invoice,
        path=make_encodable(invoice.path),
        fields={name: each and _write_field(each) for name, each in invoice.fields.items()},
    )


def _write_field(field: Field) -> Any:
    others = tuple(_copy(_Alternative, each, value=_write_value(each.value)) for each in field.alternatives)
    return _copy(_Field, field, value=_write_value(field.value), alternatives=others)


def _write_value(value: FieldValue) -> _Value:
    kind: Literal["text", "money", "date"]
    kind = "money" if isinstance(value, Decimal) else "date" if isinstance(value, date) else "text"
    return kind, format_value(value)


def _read_invoice(carried: Any) -> Invoice:
    found = {name: each and _read_field(each) for name, each in carried.fields.items()}
    invoice: Invoice = _copy(Invoice, carried, fields=found)
    return invoice


def _read_field(carried: Any) -> Field:
    others = tuple(_copy(Alternative, each, value=_read_value(each.value)) for each in carried.alternatives)
    field: Field = _copy(Field, carried, value=_read_value(carried.value), alternatives=others)
    return field


def _read_value(value: _Value) -> FieldValue:
    kind, text = value
    return Decimal(text) if kind == "money" else date.fromisoformat(text) if kind == "date" else text


def _check_invoice(invoice: Invoice) -> None:
    """See that nothing in it would make the store or a page stumble."""
    for name, field in invoice.fields.items():
        if field is None:
            continue
        if field.name != name:
            raise CarryError("a field under another's name")
        claims: tuple[Field | Alternative, ...] = (field, *field.alternatives)
        for each in claims:
            _check_numbers((each.value, each.confidence, each.page, *(each.box or ())))
    _check_items(invoice)
    for edit in invoice.edits:
        _check_numbers((edit.page, edit.line, edit.first, edit.last, edit.score_before, edit.score_after, *edit.box))
    for code in invoice.codes:
        _check_numbers((code.page, *code.box))
    _check_numbers(number for size in invoice.page_sizes for number in size)
    for words in invoice.words:
        _check_packed(words.packed)
    if len(invoice.raw_text) > MAX_TEXT or len(invoice.enhanced_text or "") > MAX_TEXT:
        raise CarryError("a text without end")


def _check_items(invoice: Invoice) -> None:
    for line in invoice.lines:
        amounts = (line.quantity, line.unit_price, line.net, line.gross, line.rate)
        _check_numbers((*amounts, line.page, *(line.box or ())))
    for tax in invoice.taxes:
        _check_numbers((tax.rate, tax.base, tax.tax, tax.page, *(tax.box or ())))
    if invoice.part is not None:
        _check_numbers((invoice.part.number, invoice.part.count, *invoice.part.pages))


def _check_numbers(numbers: Iterable[object]) -> None:
    for number in numbers:
        if isinstance(number, Decimal):
            exponent = number.as_tuple().exponent
            if not isinstance(exponent, int) or abs(exponent) + len(number.as_tuple().digits) > _MOST_DIGITS:
                raise CarryError("an amount that is none")
        elif isinstance(number, int | float) and not (math.isfinite(number) and abs(number) < _MOST_NUMBER):
            raise CarryError("a number out of range")


def _check_packed(packed: bytes) -> None:
    unpacker = zlib.decompressobj()
    try:
        unpacker.decompress(packed, MAX_TEXT)
    except zlib.error as exc:
        raise CarryError("words that cannot be unpacked") from exc
    if unpacker.unconsumed_tail:
        raise CarryError("words without end")
