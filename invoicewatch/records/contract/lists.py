"""Lines about many records as JSON: what ``search``, ``list``, ``stats``, ``memory`` and ``reprocess`` print."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from invoicewatch.records.contract.record import PartJson


class SummaryJson(TypedDict):
    """The values that count of one record."""

    id: Annotated[int, "The record's number, which stays."]
    status: Annotated[str, "`accepted`, `needs_review`, `duplicate` or `failed`."]
    verified: Annotated[bool, "Total and date of issue are proved."]
    seller_name: Annotated[str | None, "Null where it was not found, as all below."]
    invoice_number: Annotated[str | None, "As printed."]
    issue_date: Annotated[str | None, "ISO 8601."]
    due_date: Annotated[str | None, "ISO 8601."]
    currency: Annotated[str | None, "ISO 4217."]
    total: Annotated[str | None, "Plain decimal."]
    pages: Annotated[int, "How many."]
    file_name: Annotated[str, "The file's name when it was read."]
    path: Annotated[str, "Where it lay then."]
    stored_path: Annotated[str, "Where it lies now; empty if it was never moved."]
    inbox: Annotated[str, "The inbox it came through; empty if none."]
    arrived: Annotated[str, "When the file was first seen, in UTC."]
    part: Annotated[PartJson | None, "Its pages where the file was split."]
    doubtful_fields: Annotated[list[str], "The fields whose value is a guess: neither proved nor certain enough."]


class MatchJson(TypedDict):
    """The line that was found."""

    line: Annotated[str, "The line of the text."]
    spans: Annotated[list[list[int]], "Begin and end of each match, in characters."]


class HitJson(SummaryJson):
    """One record that was found; a search brings the best first, a list the newest."""

    found_as: Annotated[
        str, "`head` (in seller or number), `word`, `spelling`, `part`, `misread`; `filter`: no word was typed."
    ]
    match: Annotated[MatchJson | None, "Null where no line was looked for."]


class SumJson(TypedDict):
    """One group in one currency. Of `month`, `year`, `seller` and `status` it has the one that `--by` names."""

    month: NotRequired[Annotated[str | None, "`2024-03`; null: without a date."]]
    year: NotRequired[Annotated[str | None, "`2024`; null: without a date."]]
    seller: NotRequired[Annotated[str | None, "The seller; null: none was found."]]
    status: NotRequired[Annotated[str | None, "As in a record."]]
    currency: Annotated[str | None, "ISO 4217; currencies are never added up."]
    invoices: Annotated[int, "How many."]
    with_total: Annotated[int, "How many of them have a total."]
    total: Annotated[str, "Their sum, credit notes taken off; plain decimal."]


class LookJson(TypedDict):
    """What papers of one layout have in common."""

    documents: Annotated[int, "How many taught it; the latest twenty count."]
    fields: Annotated[list[str], "Those whose place is known."]
    known_by: Annotated[list[str], "`vat:`, `iban:`, `tax:`, `phone:`, `host:` or `name:` and what follows it."]
    currencies: Annotated[list[str], "ISO 4217."]
    rates: Annotated[list[str], "Rates of tax, in percent."]
    least: Annotated[str | None, "The smallest total; null: none is known."]
    most: Annotated[str | None, "The largest total."]
    every_days: Annotated[int, "Usual days between two documents; 0: not known."]


class SellerJson(TypedDict):
    """What is remembered of one seller; an empty text is not known."""

    name: Annotated[str, "As printed."]
    proofs: Annotated[int, "How many documents proved it."]
    vat_id: Annotated[str, "Its VAT id."]
    iban: Annotated[str, "Its account."]
    domain: Annotated[str, "Of its web and mail addresses."]
    currency: Annotated[str, "ISO 4217."]
    date_order: Annotated[str, "`dmy`, `mdy` or `ymd`."]
    decimal_sign: Annotated[str, "`.` or `,`."]
    number_pattern: Annotated[str, "The shape of its numbers: digits as `9`, letters as `A`."]
    records: Annotated[list[int], "The records that proved it."]
    looks: Annotated[list[LookJson], "How its papers look."]


class ChangeJson(TypedDict):
    """What a new run says otherwise."""

    name: Annotated[str, "Which field."]
    before: Annotated[str | None, "What the machine said; null: nothing."]
    after: Annotated[str | None, "What it says now."]
    overruled: Annotated[bool, "A person's value counts either way."]


class RerunJson(TypedDict):
    """One record that was read again."""

    id: Annotated[int | None, "The record's number; null: new, as the file is split otherwise now."]
    status: Annotated[str, "As in a record; `failed`: it was left as it was."]
    error: Annotated[str | None, "Why it failed, for people."]
    changes: Annotated[list[ChangeJson], "Empty if nothing changed."]
