"""Web and mail hosts on a page, and which names are like them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz

from invoicewatch.extract.page.evidence import fold
from invoicewatch.extract.page.layout import PageView
from invoicewatch.extract.page.legal_forms import find_legal_form

_HOST = re.compile(
    r"(?:@|https?://|\bwww\s?\.\s?|\bmw\.)(?:www\.)?([a-z0-9][a-z0-9.-]*)\.[a-z]{2,}"
    r"|\b([a-z0-9][a-z0-9-]{3,})\s?\.(?:com|net|org|co\.[a-z]{2}|de|fr|es|it|nl|ch|at|be|pl|cz)\b",
    re.IGNORECASE,
)
_PUBLIC = frozenset(
    {"gmail", "gmx", "web", "outlook", "hotmail", "yahoo", "tonline", "icloud", "orange", "free", "seznam", "facebook"}
)
_MIN_STEM = 4
_NEAR_RATIO = 75.0
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def list_hosts(page: PageView) -> tuple[str, ...]:
    """The registrable part of every web or mail host on the page, mail providers aside; each once."""
    stems = dict.fromkeys(
        fold(max((match.group(1) or match.group(2)).split(".")[-2:], key=len))  # acme of www.acme.co.uk
        for row in page.rows
        if "." in row.text
        for match in _HOST.finditer(row.text)
    )
    return tuple(stem for stem in stems if len(stem) >= _MIN_STEM and stem not in _PUBLIC)


def rate_likeness(name: str, hosts: Iterable[str]) -> float:
    """How much of a host's name ``name`` is, 0 to 1; hosts write ``ü`` as ``ue`` or ``u``."""
    plain = fold(unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode())
    forms = {fold(name.casefold().translate(_UMLAUTS)), plain}
    return max((_share(form, host) for form in forms for host in hosts), default=0.0)


def is_nearly_like(name: str, hosts: Iterable[str]) -> bool:
    """Whether a host's name is almost ``name`` and yet another: one of the two is wrong, or they are two companies."""
    form = find_legal_form(name)
    bare = name[: form.start()] if form else name
    near = any(fuzz.ratio(fold(bare), host) >= _NEAR_RATIO for host in hosts)
    return near and rate_likeness(bare, hosts) == 0.0


def _share(name: str, host: str) -> float:
    """Which part of the longer one the shorter is, if it is one at all."""
    if len(name) < _MIN_STEM or not (name in host or host in name):
        return 0.0
    return min(len(name), len(host)) / max(len(name), len(host))
