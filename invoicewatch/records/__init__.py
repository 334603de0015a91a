"""The values that travel down the road of a document, and the protocols of the tools on it.

Everything here is frozen and imports nothing heavy, so that any layer may use it.
"""

from invoicewatch.records.attention.alarm import Alarm, AlarmCode, Asked
from invoicewatch.records.carried.code import Code
from invoicewatch.records.carried.einvoice import BrokenRule, Signature, SignatureState, Validation, Validity
from invoicewatch.records.carried.itemised import InvoiceLine, Itemised, TaxByRate
from invoicewatch.records.correction import Correction, Edit, Refusal
from invoicewatch.records.document import Attachment, Document, Enclosed, Page, PageSize, TakenFor
from invoicewatch.records.field import (
    DATE_NAMES,
    FIELD_NAMES,
    MONEY_NAMES,
    Alternative,
    Field,
    FieldValue,
    Source,
    format_value,
)
from invoicewatch.records.geometry import Box, Transform
from invoicewatch.records.invoice import DRAWN, Failure, Invoice, Part, Status, Timings
from invoicewatch.records.looks.paper import Look, LookBook, Place, Sketch, Spot
from invoicewatch.records.memory import Memory, SellerMemory
from invoicewatch.records.office import Office
from invoicewatch.records.page_words import PageWords, keep_words
from invoicewatch.records.protocols import (
    ExtractContext,
    Extractor,
    LineScorer,
    OcrEngine,
    PageSource,
    Processor,
    Proofreader,
    TextWriter,
)
from invoicewatch.records.reading import Candidate, Doubt, Doubts, Lattice, Line, Path, Reading, Word, join_text

__all__ = [
    "DATE_NAMES",
    "DRAWN",
    "FIELD_NAMES",
    "MONEY_NAMES",
    "Alarm",
    "AlarmCode",
    "Alternative",
    "Asked",
    "Attachment",
    "Box",
    "BrokenRule",
    "Candidate",
    "Code",
    "Correction",
    "Document",
    "Doubt",
    "Doubts",
    "Edit",
    "Enclosed",
    "ExtractContext",
    "Extractor",
    "Failure",
    "Field",
    "FieldValue",
    "Invoice",
    "InvoiceLine",
    "Itemised",
    "Lattice",
    "Line",
    "LineScorer",
    "Look",
    "LookBook",
    "Memory",
    "OcrEngine",
    "Office",
    "Page",
    "PageSize",
    "PageSource",
    "PageWords",
    "Part",
    "Path",
    "Place",
    "Processor",
    "Proofreader",
    "Reading",
    "Refusal",
    "SellerMemory",
    "Signature",
    "SignatureState",
    "Sketch",
    "Source",
    "Spot",
    "Status",
    "TakenFor",
    "TaxByRate",
    "TextWriter",
    "Timings",
    "Transform",
    "Validation",
    "Validity",
    "Word",
    "format_value",
    "join_text",
    "keep_words",
]
