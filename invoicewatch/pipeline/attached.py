"""What the record says of the files inside a document, and of the container that it came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from invoicewatch.records import Attachment, Signature, SignatureState, TakenFor, Validation, Validity

_TAKEN = {
    TakenFor.E_INVOICE: "read as the e-invoice",
    TakenFor.PAGES: "its pages read",
    TakenFor.NOTHING: "not read",
}


def mark_einvoice(attached: Sequence[Attachment], name: str | None) -> tuple[Attachment, ...]:
    """The files, of which the one called ``name`` was read as the e-invoice."""
    return tuple(replace(each, taken_for=TakenFor.E_INVOICE) if each.name == name else each for each in attached)


def describe_attached(attached: Sequence[Attachment]) -> tuple[str, ...]:
    """A note that names every file and what became of it; none where there is no file."""
    named = "; ".join(f"{each.name} ({each.size_bytes:,} bytes), {_TAKEN[each.taken_for]}" for each in attached)
    return (f"attached: {named}",) if named else ()


def find_several_documents(attached: Sequence[Attachment]) -> tuple[str, ...]:
    """Why a person should look where the pages of more than one embedded document were read."""
    documents = [each.name for each in attached if each.taken_for is TakenFor.PAGES]
    return (f"the file holds several documents: {', '.join(documents)}",) if len(documents) > 1 else ()


def doubt_signature(signature: Signature | None) -> tuple[str, ...]:
    """Why a person should look at a signed container: its signature is broken, or it has none."""
    wrong = signature is not None and signature.state in {SignatureState.BROKEN, SignatureState.MISSING}
    return (f"the signature is {signature.words}",) if signature is not None and wrong else ()


def doubt_validity(validation: Validation | None) -> tuple[str, ...]:
    """The rules that an e-invoice breaks, the first of them in their own words."""
    if validation is None or validation.validity is not Validity.INVALID:
        return ()
    return (f"the e-invoice is {validation.words}: {validation.broken[0].words}",)
