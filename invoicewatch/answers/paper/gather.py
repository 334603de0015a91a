"""What a page shows of a record: what is kept of it, and of an e-invoice what its XML says besides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from invoicewatch.answers.records.find import open_original, read_attachments, read_invoice
from invoicewatch.config import Config
from invoicewatch.errors import DocumentError
from invoicewatch.records import Itemised
from invoicewatch.store.records.query import StoredInvoice

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from invoicewatch.extract.einvoice.extractor import EInvoice


@dataclass(frozen=True, slots=True)
class Gathered:
    """A record for its page. ``xml`` is the root of an e-invoice's document, None without one or its original.

    ``item_xpaths`` are where its lines and taxes stand there, by their own paths.
    """

    stored: StoredInvoice
    items: Itemised
    seller_address: tuple[str, ...] = ()
    buyer_address: tuple[str, ...] = ()
    xml: Element | None = None
    item_xpaths: Mapping[str, str] = field(default_factory=dict)


def gather_record(config: Config, name: str) -> Gathered:
    """All that the page of a record shows.

    Raises:
        ConfigError: There is no such record.
        StoreError: There is no database, or it cannot be read.
    """
    return gather(config, read_invoice(Path(config.paths.state), name))


def gather(config: Config, stored: StoredInvoice) -> Gathered:
    """All that the page of a record shows, which was read before; its original is opened for the XML."""
    from invoicewatch.extract.einvoice.addresses import read_addresses
    from invoicewatch.extract.einvoice.items import read_items
    from invoicewatch.extract.einvoice.xpath import Places, find_item

    kept = Itemised(stored.invoice.lines, stored.invoice.taxes)
    found = _find_xml(config, stored)
    if found is None:
        return Gathered(stored, kept)
    items = kept if kept.lines else read_items(found.element, found.syntax, stored.invoice.fields)
    places = Places(found.root)
    paths = [*(line.path for line in items.lines), *(tax.path for tax in items.taxes)]
    xpaths = {path: places.write_path(find_item(found.element, path)) for path in paths}
    return Gathered(stored, items, *read_addresses(found.element, found.syntax), xml=found.root, item_xpaths=xpaths)


def _find_xml(config: Config, stored: StoredInvoice) -> EInvoice | None:
    """The e-invoice that the record was read from; None where it was none, or its original is gone or has changed."""
    from invoicewatch.extract.einvoice.extractor import find_einvoice

    if not any(each and each.xpath for each in stored.machine.fields.values()):
        return None
    original = open_original(stored)
    if original is None:
        return None
    with original:
        content = original.read()
    try:
        attachments = read_attachments(config, Path(original.name), content)
    except DocumentError:
        return None
    return find_einvoice(attachments, config.extract, 0 if stored.machine.part is None else stored.machine.part.number)
