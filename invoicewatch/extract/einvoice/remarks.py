"""What a person should know of the XML in a file: what was not read and why, what it is instead, how many it holds."""

from __future__ import annotations

from collections.abc import Mapping

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.errors import DocumentError
from invoicewatch.extract.einvoice.kinds import name_variant, name_xml
from invoicewatch.extract.einvoice.syntaxes.known import count_invoices
from invoicewatch.extract.einvoice.xml import iterate_xml, parse_xml


def find_xml_remarks(
    attachments: Mapping[str, bytes], settings: ExtractSettings, *, bare: bool, split: bool = False
) -> tuple[str, ...]:
    """Reasons for a review, in words; empty where the XML is one e-invoice or none is there.

    Args:
        attachments: The files by their names.
        settings: ``max_xml_bytes`` is used.
        bare: The XML is the document itself; beside pages, XML of no kind that is known says nothing.
        split: Each of its invoices is a record of its own.
    """
    faults: list[str] = []
    others: list[str] = []
    holds_invoice = False
    for name, content in iterate_xml(attachments):
        try:
            root = parse_xml(content, settings.max_xml_bytes)
        except DocumentError as error:
            faults.append(f"{'' if bare else 'the embedded '}{name} was not read: {error.message}")
            continue
        invoices = count_invoices(root)
        if not invoices:
            kind = name_xml(root) or (f"XML of a kind that is not known ({_local_name(root.tag)})" if bare else "")
            others += [f"{name} was not read: it is {kind}"] if kind else []
        elif not holds_invoice:
            holds_invoice = True
            faults += (
                [f"the file holds {invoices} invoices, of which the first was read"]
                if invoices > 1 and not split
                else []
            )
            faults += [f"{name} is {variant}" for variant in name_variant(root)]
    return (*faults, *(() if holds_invoice else others))


def _local_name(tag: str) -> str:
    return tag.rpartition("}")[2]
