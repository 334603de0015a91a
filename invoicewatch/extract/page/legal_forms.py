"""Legal forms of companies: the surest sign that a line of text is a company's name."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

# As they are written after a name, dots and blanks optional. Short ones count only in their own capitals, because
# 'as', 'ab' or 'se' are words; so the table keeps two lists.
_WRITTEN_ANY_WAY = (
    r"gmbh(?:\s*&\s*co\.?\s*(?:kg|kgaa|ohg))?",
    r"ggmbh|mbh|kgaa|partg(?:\s*mbb)?|gesellschaft mbh",
    r"e\.\s?k\.|e\.\s?kfm\.|e\.\s?v\.|e\.\s?u\.|a\.\s?g\.",
    r"ltd\.?|limited|llc|l\.l\.c\.|inc\.?|incorporated|corp\.?|corporation|plc|llp",
    r"sdn\.?\s*\.?bhd\.?|s/b|berhad|bhd\.?|pte\.?\s*ltd\.?|pty\.?\s*ltd\.?|p/l",
    r"s\.\s?[aà]\.?\s?r\.\s?l\.?|sarl|s\.\s?a\.\s?s\.|sasu|eurl|s\.\s?n\.\s?c\.",
    r"s\.\s?r\.\s?l\.?(?:\s?u\.?)?|srl|s\.\s?p\.\s?a\.?|s\.\s?l\.(?:\s?u\.?)?|s\.\s?a\.",
    r"b\.\s?v\.|n\.\s?v\.|v\.\s?o\.\s?f\.|gesmbh|ges\.m\.b\.h\.",
    r"sp\.\s?z\s?o\.\s?o\.|s\.\s?r\.\s?o\.|d\.\s?o\.\s?o\.|kft\.?|oyj?|aps|a/s",
)
_WRITTEN_IN_CAPITALS = r"AG|KG|OHG|UG|SE|SA|SB|PLT|SAS|SCI|SNC|SL|SLU|BV|NV|VOF|AB|AS|ASA|GbR|eG|eK|eV|SpA|Sàrl|Sagl"

_ANY_WAY = re.compile(rf"(?<![\w.])(?:{'|'.join(_WRITTEN_ANY_WAY)})(?!\w)", re.IGNORECASE)
_CAPITALS = re.compile(rf"(?<![\w.])(?:{_WRITTEN_IN_CAPITALS})(?![\w.])")


# Long enough to be known by all letters but one: what an engine makes of them is still a legal form.
_LONG = ("sdnbhd", "limited", "berhad", "incorporated", "corporation", "gmbhcokg", "pteltd", "ptyltd")
_MAX_ERRORS = 1
# French law has form and capital mentioned beside the name, of which they are no part (Code de commerce, R123-238);
# elsewhere the form belongs to the name (for a GmbH: GmbHG, section 4).
_FRENCH = r"(?:s\.?\s?a\.?\s?r\.?\s?l\.?|s\.?a\.?s\.?u?\.?|e\.?u\.?r\.?l\.?|s\.?n\.?c\.?|s\.?a\.?)"
_MENTIONED = re.compile(rf"\s+{_FRENCH}(?:\s+au\s+capital\b.*)?$", re.IGNORECASE)
CAPITAL_MENTION = re.compile(rf"(?<!\w){_FRENCH}\s+au\s+capital\b", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def find_legal_form(text: str) -> re.Match[str] | None:
    """The last legal form in ``text`` that has a name before it, or None."""
    found = [match for pattern in (_ANY_WAY, _CAPITALS) for match in pattern.finditer(text)]
    found = [match for match in found if sum(char.isalpha() for char in text[: match.start()]) > 1]
    return max(found, key=lambda match: match.end(), default=None)


@lru_cache(maxsize=20_000)
def has_legal_form(text: str) -> bool:
    """Whether ``text`` has a legal form, or ends with what an engine made of one (``SON. BHD.``)."""
    if find_legal_form(text) is not None:
        return True
    words = ["".join(char for char in word.casefold() if char.isalnum()) for word in text.split()]
    ends = ("".join(words[-count:]) for count in (1, 2) if len(words) > count)
    return any(
        Levenshtein.distance(end, form, score_cutoff=_MAX_ERRORS) <= _MAX_ERRORS for end in ends for form in _LONG
    )


def drop_mentioned_form(name: str) -> str:
    """A name without the French legal form that is mentioned after it."""
    return _MENTIONED.sub("", name)
