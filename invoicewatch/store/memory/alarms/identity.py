"""Another account, or another VAT id, than a seller had until now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from stdnum import iban as stdnum_iban
from stdnum.eu import vat as stdnum_vat
from stdnum.exceptions import ValidationError
from stdnum.gb import vat as stdnum_gb

from invoicewatch.records import Alarm, AlarmCode, Field, Invoice, Source
from invoicewatch.store.memory.alarms.history import Earlier, find_text, read_texts

if TYPE_CHECKING:
    from invoicewatch.store.database.session_rows import SessionRows

# A seller whose accounts (or VAT ids) were all different, this often, has no usual one: banks give some payers each
# their own, and shops of one name have each their owner.
_NEVER_THE_SAME = 3
_BLANKS = str.maketrans("", "", " \t\n\f.-/")


def find_new_account(rows: SessionRows, invoice: Invoice, history: Sequence[Earlier]) -> Iterator[Alarm]:
    """The account, where it is none that stands on an accepted record of the seller.

    A number whose check digits do not hold is a misreading and no account. An account that was printed on an earlier
    page, though another was taken from it, is known.
    """
    account = _fold(find_text(invoice, "iban"))
    if not _is_account(account):
        return
    values = {each.id: _fold_value(each, "iban") for each in history if each.accepted}
    if account in values.values():
        return
    known = {number: value for number, value in values.items() if _is_account(value)}
    if not known or _is_ever_new(known):
        return
    printed = read_texts(rows, (each for each in history if each.accepted))
    if any(account in _fold(text) for text in printed.values()):
        return
    number = max(known)
    words = f"the account {account} is new for this seller: until now {_list(known)}"
    yield Alarm(AlarmCode.NEW_ACCOUNT, words, "iban", number)


def find_other_vat_id(invoice: Invoice, history: Sequence[Earlier]) -> Iterator[Alarm]:
    """The VAT id, where accepted records of this name have another; one that fails its check digits is a misreading."""
    field = invoice.fields.get("seller_vat_id")
    vat_id = _fold(find_text(invoice, "seller_vat_id"))
    if field is None or not (_is_vat_id(vat_id) or _is_proved(field)):
        return
    values = {each.id: _fold_value(each, "seller_vat_id") for each in history if each.accepted}
    if vat_id in values.values():
        return
    known = {number: value for number, value in values.items() if _is_vat_id(value)}
    if not known or any(_is_same_id(vat_id, value) for value in known.values()) or _is_ever_new(known):
        return
    words = f"the VAT id {vat_id} is new for this name: until now {_list(known)}"
    yield Alarm(AlarmCode.OTHER_VAT_ID, words, "seller_vat_id", max(known))


def _is_ever_new(known: Mapping[int, str]) -> bool:
    return len(known) >= _NEVER_THE_SAME and len(set(known.values())) == len(known)


def _list(known: Mapping[int, str]) -> str:
    """The known numbers, each with the latest record that bears it, the latest first; at most three."""
    latest: dict[str, int] = {}
    for number in sorted(known, reverse=True):
        latest.setdefault(known[number], number)
    return ", ".join(f"{value} (#{number})" for value, number in list(latest.items())[:3])


def _is_same_id(one: str, other: str) -> bool:
    """With the country before it or without."""
    return one == other or one[2:] == other or one == other[2:]


def _is_proved(field: Field) -> bool:
    return field.verified or field.source is Source.HUMAN


def _is_account(folded: str) -> bool:
    return bool(folded) and bool(stdnum_iban.is_valid(folded))


def _is_vat_id(folded: str) -> bool:
    try:
        return bool(stdnum_vat.is_valid(folded) or (folded[:2] == "GB" and stdnum_gb.is_valid(folded)))
    except ValidationError:
        return False


def _fold_value(earlier: Earlier, name: str) -> str:
    return _fold(earlier.values.get(name, ""))


def _fold(text: str) -> str:
    return text.translate(_BLANKS).upper()
