"""Numbers that name something: the document, the seller for the tax office, the account, the order."""

from __future__ import annotations

from collections.abc import Mapping

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.extract.numbers.ibans import find_ibans
from invoicewatch.extract.numbers.invoice import find_invoice_numbers, find_named_numbers, find_reminded_numbers
from invoicewatch.extract.numbers.second_addresses import find_second_addresses
from invoicewatch.extract.numbers.tax_numbers import find_tax_numbers
from invoicewatch.extract.numbers.vat_ids import find_vat_ids
from invoicewatch.extract.page.evidence import Finding, make_text_field
from invoicewatch.extract.page.labels import find_labels, load_labels
from invoicewatch.extract.page.layout import view_pages
from invoicewatch.extract.page.named_kinds import find_named_kind
from invoicewatch.extract.page.sections import find_sections
from invoicewatch.records import ExtractContext, Field

_NAMED = ("order_number", "payment_reference")
_SELLERS = ("seller_vat_id", "seller_tax_number", "iban")


class IdentifierExtractor:
    """Finds ``invoice_number``, ``order_number`` and ``payment_reference``, ``iban`` and the seller's tax numbers."""

    late = ("invoice_number", *_NAMED, *_SELLERS)

    def __init__(self, settings: ExtractSettings) -> None:
        del settings  # there is nothing to set yet

    def find(self, context: ExtractContext) -> Mapping[str, Field | None]:
        """The identifiers with their evidence; None where the document shows none.

        A reminder has a number of its own, which is not that of the invoice it reminds of.
        """
        pages = view_pages(context.readings)
        named = find_named_kind(pages)
        reminds = named is not None and named.value == "reminder"
        found: dict[str, list[Finding]] = {name: [] for name in self.late}
        for page in pages:
            labels = find_labels(page, load_labels("identifiers"))
            sections = find_sections(page)
            others = find_second_addresses(page, sections)
            numbers = find_tax_numbers(page, labels, sections, others)
            found["seller_tax_number"] += [each.finding for each in numbers]
            found["seller_vat_id"] += find_vat_ids(page, labels, sections, numbers, others)
            found["iban"] += find_ibans(page, labels, sections)
            found["invoice_number"] += (
                find_reminded_numbers(page, labels)
                if reminds
                else find_invoice_numbers(page, labels, sections, context.memory)
            )
            for name in _NAMED:
                found[name] += find_named_numbers(page, labels, name)
        debited = context.found.get("debited_iban")  # an e-invoice says that this account is none to pay to
        if debited is not None:
            found["iban"] = [finding for finding in found["iban"] if finding.value != debited.value]
        return {name: make_text_field(name, findings) for name, findings in found.items()}
