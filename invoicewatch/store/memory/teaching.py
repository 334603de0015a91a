"""Which of a document's values teach: what a person said or a proof gave, and not what the memory decided itself."""

from __future__ import annotations

from collections.abc import Mapping

from invoicewatch.records import Field, Invoice, Source, Status
from invoicewatch.records.looks.paper import PLACED, is_from_look, write_value

_TAUGHT = (*PLACED, "seller_name")


def find_teaching(invoice: Invoice) -> Mapping[str, str]:
    """The values that teach, by field, as a sketch writes them; empty for a document that failed."""
    if invoice.status in {Status.FAILED, Status.DUPLICATE}:
        return {}
    fields = {name: field for name in _TAUGHT if (field := invoice.fields.get(name)) is not None}
    return {name: write_value(name, field.value) for name, field in fields.items() if may_teach(field)}


def may_teach(field: Field) -> bool:
    """Whether the page or a person proves a field."""
    return field.source is Source.HUMAN or (field.verified and not is_from_look(field))
