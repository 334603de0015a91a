"""The chain of extractors: which ones, in which order, and what becomes of their findings.

Order matters: an extractor sees what those before it found. What an e-invoice says is never overridden; what the page
shows is set beside it as evidence, and as an alternative where it differs. Of other findings the later one stands, so
that an extractor added at the end can refine those before it.

Some extractors wait until a field of theirs is asked for. A draft is asked for what may be read again, the total and
the date of issue, and most drafts are read again: whose paper it is need not be found in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial

from invoicewatch.config import ExtractSettings
from invoicewatch.config.plugins import entry_points
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


def find_fields(context: ExtractContext, extractors: Sequence[tuple[str, Extractor]]) -> Mapping[str, Field | None]:
    """Run the chain over one document.

    An extractor that names in ``late`` all fields that it answers for runs when one of them is asked for; others run
    at once.

    Returns:
        A field or None for every name of FIELD_NAMES and every further name that an extractor answers for. An
        extractor that raises InvoicewatchError costs its own fields only.
    """
    context = replace(context, office=choose_office(context.office, context.memory))
    found: Mapping[str, Field | None] = dict.fromkeys(FIELD_NAMES)
    for _, extractor in extractors:
        find = partial(_find_own, extractor, replace(context, found=found))
        late: tuple[str, ...] = getattr(extractor, "late", ())
        if late:
            found = _Layer(found, late, find)
        elif own := find():
            found = _Layer(found, tuple(own), partial(dict, own))
    return found


def _find_own(extractor: Extractor, context: ExtractContext) -> dict[str, Field | None]:
    try:
        fresh = extractor.find(context)
    except InvoicewatchError:
        return {}
    return merge_fields(context.found, fresh)


def choose_office(stated: Office, memory: Memory) -> Office:
    """Who receives the documents: as the settings state it, else as most earlier documents name their buyer."""
    return stated if stated.names else replace(stated, names=memory.office)


def merge_fields(found: Mapping[str, Field | None], fresh: Mapping[str, Field | None]) -> dict[str, Field | None]:
    """The ``fresh`` fields as they stand beside those ``found`` before."""
    return {name: _merge_field(found.get(name), field) for name, field in fresh.items()}


def _merge_field(earlier: Field | None, fresh: Field | None) -> Field | None:
    if earlier is None or fresh is None:
        return fresh or earlier
    return _set_beside(earlier, fresh) if earlier.source is Source.E_INVOICE else fresh


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


class _Layer(Mapping[str, Field | None]):
    """The fields of ``earlier``, but for those ``names`` that ``find`` answers for: it is called once, or never.

    What it does not find after all stands as it did.
    """

    def __init__(
        self,
        earlier: Mapping[str, Field | None],
        names: tuple[str, ...],
        find: Callable[[], Mapping[str, Field | None]],
    ) -> None:
        self._earlier = earlier
        self._names = names
        self._find = find

    def __getitem__(self, name: str) -> Field | None:
        """The field, or None where there is none. Raises KeyError where nobody looks for such a field."""
        if name not in self._names:
            return self._earlier[name]
        return self._own[name] if name in self._own else self._earlier.get(name)

    def __iter__(self) -> Iterator[str]:
        """The names in the order in which they were first answered for."""
        return iter(dict.fromkeys((*self._earlier, *self._names)))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @cached_property
    def _own(self) -> Mapping[str, Field | None]:
        return self._find()
