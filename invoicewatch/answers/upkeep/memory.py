"""What is remembered of sellers: looked up, and forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import cast

from invoicewatch.answers.transaction import begin_change
from invoicewatch.errors import ConfigError
from invoicewatch.records import Look
from invoicewatch.records.as_json import make_encodable
from invoicewatch.records.contract.lists import LookJson, SellerJson
from invoicewatch.store.database.deed import Change, Deed, Doer
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.memory.office import LearnedOffice, find_office
from invoicewatch.store.memory.sellers import KnownSeller, list_sellers


def find_sellers(state_dir: Path, name: str = "") -> list[KnownSeller]:
    """The remembered sellers whose name holds this text. Raises StoreError if there is no database."""
    with open_reader(state_dir) as reader:
        return list(list_sellers(reader, name))


def find_learned_office(state_dir: Path) -> LearnedOffice | None:
    """Who most documents say receives them; None where they do not. Raises StoreError if there is no database."""
    with open_reader(state_dir) as reader:
        return find_office(reader)


def choose_seller(sellers: Sequence[KnownSeller], name: str) -> KnownSeller:
    """The one seller that is meant: the one of exactly this name, else the only one there is.

    Raises:
        ConfigError: There is none, or there are several.
    """
    exact = [one for one in sellers if one.habits.name.casefold() == name.casefold()]
    chosen = exact or sellers
    if not name or len(chosen) != 1:
        found = f"{len(chosen)} sellers match" if name else "no seller is named"
        raise ConfigError(f"{found}: name one", remedy="`invoicewatch memory` lists them.", code="no_seller")
    return chosen[0]


def forget_habits(state_dir: Path, seller: KnownSeller, doer: Doer) -> int:
    """Forget what was learned of a seller until now; of how many records. The records stay."""
    from invoicewatch.store.database.chain import write_down
    from invoicewatch.store.memory.learning import forget_seller
    from invoicewatch.store.tables.record import InvoiceRow

    with begin_change(state_dir) as session:
        # The seller's name is a value of these records: it goes when they are erased.
        rows = [row for number in seller.records if (row := session.get(InvoiceRow, number)) is not None]
        changes = [Change(Deed.FORGET_SELLER, row.id, row.sha256, row.part, before=seller.habits.name) for row in rows]
        write_down(session, changes or [Change(Deed.FORGET_SELLER)], doer)
        return forget_seller(session, seller.key)


def seller_to_json(seller: KnownSeller) -> SellerJson:
    """A seller as plain JSON values; what is not known is an empty text."""
    habits = {name: make_encodable(v) if isinstance(v, str) else v for name, v in asdict(seller.habits).items()}
    looks = [_look_to_json(each) for each in seller.looks]
    return cast("SellerJson", {**habits, "records": list(seller.records), "looks": looks})


def _look_to_json(look: Look) -> LookJson:
    return {
        "documents": look.lessons,
        "fields": list(dict.fromkeys(place.name for place in look.places)),
        "known_by": [make_encodable(mark) for mark in look.marks],
        "currencies": list(look.currencies),
        "rates": list(look.rates),
        "least": look.least or None,
        "most": look.most or None,
        "every_days": look.every_days,
    }
