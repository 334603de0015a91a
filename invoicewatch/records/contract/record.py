"""A record as JSON: what ``process`` and ``show`` print."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from invoicewatch.records.attention.alarm import ALARM_MEANINGS

ALARM_CODES = " ".join(f"`{code}`: {meaning}" for code, meaning in ALARM_MEANINGS.items())


class FailureJson(TypedDict):
    """Why a document failed."""

    code: Annotated[str, "One of docs/errors.md."]
    message: Annotated[str, "What happened, for people; may change."]
    remedy: Annotated[str, "What to do, for people; may be empty."]


class PartJson(TypedDict):
    """Which pages of its file a record stands for."""

    number: Annotated[int, "From 1 to `of`."]
    of: Annotated[int, "How many parts the file has."]
    first_page: Annotated[
        int | None, "The first page, as the file counts them, from 1; null where there is none (XML)."
    ]
    last_page: Annotated[int | None, "The last page."]
    pages: Annotated[list[int], "All its pages; covers, blank and separator pages are in no part."]


class AlternativeJson(TypedDict):
    """Another value that a field might have."""

    value: Annotated[str, "As in a field."]
    confidence: Annotated[float, "From 0 to 1."]
    page: Annotated[int | None, "The page it stands on, from 1."]
    box: Annotated[list[float] | None, "Left, top, right, bottom as fractions of the upright page."]
    text: Annotated[str, "The words it was read from."]


class FieldJson(TypedDict):
    """A value with its evidence."""

    value: Annotated[str, "Plain decimal for money, ISO 8601 for dates, ISO 4217 for currencies, else the text."]
    confidence: Annotated[float, "From 0 to 1: how often an answer this sure is right."]
    verified: Annotated[bool, "Proved: read right, and what it is taken for."]
    page: Annotated[int | None, "The page it stands on, from 1; null where it has no place (e-invoice XML)."]
    box: Annotated[list[float] | None, "Left, top, right, bottom as fractions (0 to 1) of the upright page."]
    source: Annotated[str, "`e-invoice`, `code`, `text-layer`, `ocr`, `corrected` or `human`."]
    method: Annotated[str, "How it was found, for people; may change."]
    text: Annotated[str, "The words it was read from."]
    alternatives: Annotated[list[AlternativeJson], "The other readings there were, the likeliest first."]
    xpath: Annotated[str | None, "The element of the e-invoice's XML that it stands in (XPath 2.0); null elsewhere."]
    doubtful: Annotated[bool, "A guess: neither proved nor as certain as fields of its name must be."]


class EditJson(TypedDict):
    """One change of the text by the corrector."""

    page: Annotated[int, "From 1."]
    box: Annotated[list[float] | None, "Where the words stand."]
    before: Annotated[str, "The words as read."]
    after: Annotated[str, "The words as corrected."]
    reason: Annotated[str, "Why, for people; may change."]
    score: Annotated[float, "How much better the new reading scores (natural log)."]
    line: Annotated[int, "The line of the page, from 0."]
    processor: Annotated[str, "The processor that made it."]


class AttachmentJson(TypedDict):
    """A file inside the file."""

    name: Annotated[str, "As the file names it; equal names get a number."]
    media_type: Annotated[str, "Told from its bytes; `application/octet-stream` where it is none that is known."]
    bytes: Annotated[int, "Its length, unpacked."]
    taken_for: Annotated[str, "`e-invoice` (its XML was read), `pages` (they follow those of the file) or `nothing`."]


class AlarmJson(TypedDict):
    """A reason for a review that may save money."""

    code: Annotated[str, ALARM_CODES]
    words: Annotated[str, "The evidence, for people: which value, which earlier record; may change."]
    field: Annotated[str | None, "The field that it speaks of; null: the whole document."]
    record: Annotated[int | None, "The earlier record that speaks against it; null where none does."]


class ChoiceJson(TypedDict):
    """Another answer that a question offers."""

    value: Annotated[str, "As in a field."]
    confidence: Annotated[float, "From 0 to 1."]


class QuestionJson(TypedDict):
    """What a person is asked; `invoicewatch set ID FIELD=VALUE` answers it."""

    field: Annotated[str, "Which field; `status` asks whether the document may be accepted as it is."]
    value: Annotated[str | None, "What is thought to be right (`accepted` for `status`); null where nothing was found."]
    confidence: Annotated[float, "From 0 to 1; 0 where nothing was found."]
    reason: Annotated[str, "Why it is asked, for people; may be empty."]
    alternatives: Annotated[list[ChoiceJson], "Other readings, the likeliest first."]
    page: Annotated[int | None, "Where the value stands, from 1."]
    box: Annotated[list[float] | None, "Left, top, right, bottom as fractions of the upright page."]


class SignatureJson(TypedDict):
    """The signature of a signed container (`.p7m`)."""

    state: Annotated[str, "`intact` (the content is what was signed), `broken`, `not_checked` or `missing`."]
    signer: Annotated[str, "Whom its certificate names; whether that certificate can be trusted is not checked."]
    detail: Annotated[str, "All of it in words, for people; may change."]


class CodeJson(TypedDict):
    """A code on a page."""

    page: Annotated[int, "The page it stands on, from 1."]
    box: Annotated[list[float], "Left, top, right, bottom as fractions (0 to 1) of the upright page."]
    format: Annotated[str, "`QRCode`, `PDF417`: how it is printed."]
    text: Annotated[str, "All that it says."]
    taken_for: Annotated[str, "The standard by docs/codes.md whose payload it is; empty where it is of none of them."]
    fault: Annotated[str, "Why nothing was taken from such a payload, for people; empty where its checks hold."]


class BrokenRuleJson(TypedDict):
    """A rule that an e-invoice breaks."""

    id: Annotated[str, "Such as `BR-CO-15`; `XSD` for the schema."]
    words: Annotated[str, "What it asks for, as its makers say it."]
    xpath: Annotated[str, "The element (XPath 2.0); may be empty."]


class ValidationJson(TypedDict):
    """Whether an e-invoice keeps the rules of its format."""

    validity: Annotated[str, "`valid`, `invalid` or `not_checked` (which says nothing of the invoice)."]
    against: Annotated[str, "The schema and rules, for people; may change."]
    broken: Annotated[
        list[BrokenRuleJson], "The rules that are broken, a hundred at most; warnings are not among them."
    ]
    detail: Annotated[str, "Why it could not be checked, for people; else empty."]


class ValidatedJson(ValidationJson):
    """The verdict on one e-invoice of a file."""

    schema: Annotated[int, "1."]
    invoice: Annotated[int, "Which invoice of the file, from 1."]


class LineJson(TypedDict):
    """One line of the bill (BG-25). What it does not state is null, or an empty text."""

    description: Annotated[str, "What was sold (BT-153)."]
    quantity: Annotated[str | None, "How much (BT-129); plain decimal, as all figures here."]
    unit: Annotated[str, "Of what (BT-130): a code in XML, the word on paper."]
    unit_price: Annotated[str | None, "The price of one (BT-146); with tax where only `gross` is stated."]
    net: Annotated[str | None, "The line's sum without tax (BT-131)."]
    gross: Annotated[str | None, "The line's sum with tax, where the document states that."]
    rate: Annotated[str | None, "The rate of its tax in per cent (BT-152)."]
    verified: Annotated[bool, "Read right, and all lines lead to a proved sum of the document."]
    source: Annotated[str, "As in a field."]
    page: Annotated[int | None, "The page it stands on, from 1; null in XML."]
    box: Annotated[list[float] | None, "As in a field."]
    path: Annotated[str, "Its element in the XML (XPath over local names); empty on paper."]


class TaxJson(TypedDict):
    """The tax at one rate (BG-23)."""

    category: Annotated[str, "The kind of tax (BT-118) as the file codes it, or the till's letter; may be empty."]
    rate: Annotated[str | None, "In per cent (BT-119)."]
    base: Annotated[str | None, "The sum without tax that is taxed (BT-116)."]
    tax: Annotated[str, "The tax (BT-117)."]
    verified: Annotated[bool, "Proved: it adds up to the proved tax and net sum."]
    source: Annotated[str, "As in a field."]
    page: Annotated[int | None, "The page it stands on, from 1; null in XML."]
    box: Annotated[list[float] | None, "As in a field."]
    path: Annotated[str, "Its element in the XML; empty on paper."]


class TimingsJson(TypedDict):
    """Seconds by the clock."""

    load_s: Annotated[float, "Opening the file."]
    ocr_s: Annotated[float, "Reading."]
    correct_s: Annotated[float, "Correcting."]
    extract_s: Annotated[float, "Finding the fields."]
    total_s: Annotated[float, "The whole road."]
    extract_cpu_s: Annotated[float, "Finding the fields, in processor time."]


class InvoiceJson(TypedDict):
    """One record. Equal documents read by equal versions give equal values, `timings` aside."""

    schema: Annotated[int, "1."]
    path: Annotated[str, "Where the file lay when it was read; bytes that are no UTF-8 stand as `\\udcXX`."]
    sha256: Annotated[str, "Of the file's bytes, in hexadecimal."]
    media_type: Annotated[str, "Told from the bytes, not from the name."]
    status: Annotated[str, "`accepted`, `needs_review`, `duplicate` or `failed`."]
    error: Annotated[FailureJson | None, "Why it failed; else null."]
    page_sizes: Annotated[
        list[list[int]], "Of each page, upright: width and height in pixels, dots per inch (0: unknown)."
    ]
    engine: Annotated[str, "The engines that read it, with their versions; may change."]
    model: Annotated[str | None, "The model's file name; null where none was used."]
    raw_text: Annotated[str, "As read."]
    enhanced_text: Annotated[str | None, "As corrected; null where nothing could be (text layer, no model)."]
    edits: Annotated[list[EditJson], "What tells the two texts apart, in reading order."]
    fields: Annotated[dict[str, FieldJson | None], "Every field by its name, plug-ins' last; null where not found."]
    reasons: Annotated[list[str], "Why a person should look, for people; may change."]
    alarms: Annotated[list[AlarmJson], "Those of the reasons that may save money, each with a code that stays."]
    questions: Annotated[
        list[QuestionJson],
        "The fewest answers that settle it, the field likeliest to be wrong first; empty unless it needs a review.",
    ]
    notes: Annotated[list[str], "What else to know, for people; may change."]
    versions: Annotated[dict[str, str], "What made it: program, engines, model, memory."]
    attachments: Annotated[list[AttachmentJson], "The files inside it, as a PDF carries them."]
    codes: Annotated[list[CodeJson], "The codes on its pages, whether their payload is known or not."]
    lines: Annotated[list[LineJson], "The lines, in the document's order; empty where no whole table was found."]
    taxes: Annotated[list[TaxJson], "The tax by rate; empty where none was found that adds up."]
    timings: Annotated[TimingsJson, "How long it took."]
    validation: Annotated[ValidationJson | None, "Of an e-invoice, where `[einvoice] validate` is on; else null."]
    signature: Annotated[SignatureJson | None, "Of the signed container that the file is; null where it is none."]
    part: NotRequired[Annotated[PartJson, "Its pages; only where the file was split."]]


class EntryJson(TypedDict):
    """What a person entered."""

    field: Annotated[str, "Which field, or `status`."]
    value: Annotated[str | None, "Null: the document has no such field."]
    withdrawn: Annotated[bool, "The entry before it was taken back."]
    before: Annotated[str | None, "What counted until then."]
    who: Annotated[str, "The user's name."]
    entered: Annotated[str, "When, in UTC."]


class StoredJson(InvoiceJson):
    """A stored record: what counts (a person's values before the machine's), and what the store knows besides."""

    id: Annotated[int, "The record's number, which stays."]
    run: Annotated[int, "How often a machine read it."]
    arrived: Annotated[str, "When the file was first seen, in UTC."]
    recorded: Annotated[str, "When the latest run was recorded, in UTC."]
    inbox: Annotated[str, "The inbox it came through; empty if none."]
    stored_path: Annotated[str, "Where the original lies now; empty if it was never moved."]
    entries: Annotated[list[EntryJson], "What people entered, the oldest first."]


class RefusedEditJson(TypedDict):
    """A change of the text that a person refused; no run makes it again until that is withdrawn."""

    id: Annotated[int, "Its number, for `reprocess --allow`."]
    page: Annotated[int, "The page, from 1."]
    before: Annotated[str, "The words as read."]
    after: Annotated[str, "The words that they must not become."]
    box: Annotated[list[float], "As in a field."]
    who: Annotated[str, "Who refused it."]
    entered: Annotated[str, "When, in UTC."]
    withdrawn_by: Annotated[str | None, "Who allowed it again; null while it stands."]
    withdrawn: Annotated[str | None, "When, in UTC."]


class ReadingJson(TypedDict):
    """A text that words may be."""

    text: Annotated[str, "The words, joined by single spaces."]
    probability: Annotated[float, "By all that the engines saw, 0 to 1."]


class DoubtJson(ReadingJson):
    """Words of the text that the engines are in doubt about and that were left as they were read."""

    page: Annotated[int, "The page, from 1."]
    line: Annotated[int, "The page's line, from 0."]
    box: Annotated[list[float] | None, "Where they stand, as in a field; null where that is not known."]
    others: Annotated[list[ReadingJson], "What else they may be, the likeliest first."]
    engines: Annotated[list[str], "Who saw that, by name."]


class ShownJson(StoredJson):
    """A stored record and its likely twins."""

    near_duplicates: Annotated[list[int], "Records that look like other scans of the same invoice."]
    refused_edits: Annotated[list[RefusedEditJson], "Changes of its text that people refused, the oldest first."]
    doubts: Annotated[list[DoubtJson], "Words of its text that stay in doubt, in reading order."]
