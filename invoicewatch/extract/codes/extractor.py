"""The fields that codes on the pages prove, fill or contradict."""

from __future__ import annotations

from collections.abc import Mapping

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.extract.codes.asked import settle_asked
from invoicewatch.extract.codes.known import iterate_read
from invoicewatch.extract.codes.settle import settle_field
from invoicewatch.extract.codes.shown import Shown
from invoicewatch.extract.codes.statement import list_statements
from invoicewatch.records import ExtractContext, Field


class CodeExtractor:
    """Finds whatever the payloads of ``known.SYNTAXES`` state, and ``total`` from what they ask for.

    It comes last in the chain: it settles what the others found.
    """

    def __init__(self, settings: ExtractSettings) -> None:
        del settings  # there is nothing to set yet

    def find(self, context: ExtractContext) -> Mapping[str, Field | None]:
        """The fields that codes state; nothing where there is no known code, or none whose checks hold."""
        stated = list_statements(iterate_read(context.codes))
        shown = Shown(context)
        settled: dict[str, Field | None] = {
            name: settle_field(statements, context.found.get(name), shown)
            for name, statements in stated.items()
            if name != "amount_due"
        }
        currency = settled.get("currency")
        if "amount_due" in stated and currency is not None and currency.verified:
            settled |= settle_asked(stated["amount_due"], {**context.found, **settled}, shown)
        return settled
