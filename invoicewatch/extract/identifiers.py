"""Numbers that name something: the document, the seller for the tax office, the account, the order."""

from __future__ import annotations

from collections.abc import Mapping

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.extract.evidence import Finding, make_text_field
from invoicewatch.extract.ibans import find_ibans
from invoicewatch.extract.invoice_numbers import find_numbers
from invoicewatch.extract.layout import view_pages
from invoicewatch.extract.sections import find_sections
from invoicewatch.extract.vat_ids import find_vat_ids
from invoicewatch.records import ExtractContext, Field

# The first page names the document; a later page repeats it, or names others.
_LATER_PAGE = 0.97


class IdentifierExtractor:
    """Finds ``invoice_number``, ``seller_vat_id``, ``iban``, ``order_number`` and ``payment_reference``."""

    def __init__(self, settings: ExtractSettings) -> None:
        del settings  # there is nothing to set yet

    def find(self, context: ExtractContext) -> Mapping[str, Field | None]:
        """The identifiers that no extractor before this one found."""
        pages = view_pages(context.readings)
        found: dict[str, list[Finding]] = {
            "invoice_number": [],
            "seller_vat_id": [],
            "iban": [],
            "order_number": [],
            "payment_reference": [],
        }
        for page in pages:
            sections = find_sections(page)
            found["seller_vat_id"] += find_vat_ids(page, sections)
            found["iban"] += find_ibans(page, sections)
            for name in ("invoice_number", "order_number", "payment_reference"):
                found[name] += find_numbers(page, context.memory, name)
        return {
            name: make_text_field(name, findings) for name, findings in found.items() if context.found.get(name) is None
        }
