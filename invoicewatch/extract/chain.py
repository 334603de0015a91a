"""The chain of extractors: which ones, in which order, and what becomes of their findings.

Order matters: an extractor sees what those before it found. What an e-invoice says is never overridden; what the page
shows is set beside it as evidence, and as an alternative where it differs. Of other findings the later one stands, so
that an extractor added at the end can refine those before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.metadata import entry_points

from invoicewatch.config import ExtractSettings
from invoicewatch.errors import ConfigError, InvoicewatchError
from invoicewatch.extract.labels.load import load_international, load_languages
from invoicewatch.records import FIELD_NAMES, Alternative, ExtractContext, Extractor, Field, Memory, Office, Source

GROUP = "invoicewatch.extractors"


def load_extractors(settings: ExtractSettings) -> tuple[tuple[str, Extractor], ...]:
    """Build the configured extractors, in order, with their names.

    Raises:
        ConfigError: No installed package offers an extractor of that name, its class does not load, or the file of a
            language is broken.
    """
    load_languages()  # a broken file stops the program here; later it would only cost fields
    load_international()
    known = {point.name: point for point in entry_points(group=GROUP)}
    loaded = []
    for name in settings.extractors:
        if name not in known:
            raise ConfigError(
                f"extract.extractors: no extractor is called {name!r}",
                remedy=f"Use some of: {', '.join(sorted(known))}.",
                code="unknown_extractor",
            )
        try:
            make = known[name].load()
        except (ImportError, AttributeError) as exc:
            raise ConfigError(
                f"extract.extractors: the extractor {name!r} does not load: {exc}",
                remedy="Mend or reinstall the package that offers it, or take its name out of the list.",
                code="unknown_extractor",
            ) from exc
        loaded.append((name, make(settings)))
    return tuple(loaded)


def find_fields(context: ExtractContext, extractors: Sequence[tuple[str, Extractor]]) -> dict[str, Field | None]:
    """Run the chain over one document.

    Returns:
        A field or None for every name of FIELD_NAMES and every further name that an extractor answers for. An
        extractor that raises InvoicewatchError costs its own fields only.
    """
    context = replace(context, office=choose_office(context.office, context.memory))
    found: dict[str, Field | None] = dict.fromkeys(FIELD_NAMES)
    for _, extractor in extractors:
        try:
            fresh = extractor.find(replace(context, found=found))
        except InvoicewatchError:
            continue
        found = merge_fields(found, fresh)
    return found


def choose_office(stated: Office, memory: Memory) -> Office:
    """Who receives the documents: as the settings state it, else as most earlier documents name their buyer."""
    return stated if stated.names else replace(stated, names=memory.office)


def merge_fields(found: Mapping[str, Field | None], fresh: Mapping[str, Field | None]) -> dict[str, Field | None]:
    """Add ``fresh`` fields to those ``found`` before."""
    merged = dict(found)
    for name, field in fresh.items():
        earlier = merged.get(name)
        if earlier is None:
            merged[name] = field
        elif field is not None:
            merged[name] = _set_beside(earlier, field) if earlier.source is Source.E_INVOICE else field
    return merged


def _set_beside(stated: Field, shown: Field) -> Field:
    """The e-invoice's field with what the page shows: its place if both agree, else an alternative."""
    if shown.source is Source.E_INVOICE:
        return stated
    if shown.value == stated.value:
        return stated if stated.page is not None else replace(stated, page=shown.page, box=shown.box)
    if not shown.verified:
        return stated
    other = Alternative(shown.value, shown.confidence, shown.page, shown.box, shown.text)
    return replace(stated, alternatives=(*stated.alternatives, other))
