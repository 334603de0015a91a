"""Legal forms of companies: the surest sign that a line of text is a company's name."""

from __future__ import annotations

import re

# As they are written after a name, dots and blanks optional. Short ones count only in their own capitals, because
# 'as', 'ab' or 'se' are words; so the table keeps two lists.
_WRITTEN_ANY_WAY = (
    r"gmbh(?:\s*&\s*co\.?\s*(?:kg|kgaa|ohg))?",
    r"ggmbh|mbh|kgaa|partg(?:\s*mbb)?|gesellschaft mbh",
    r"e\.\s?k\.|e\.\s?kfm\.|e\.\s?v\.|a\.\s?g\.",
    r"ltd\.?|limited|llc|l\.l\.c\.|inc\.?|incorporated|corp\.?|corporation|plc|llp",
    r"sdn\.?\s*\.?bhd\.?|s/b|berhad|bhd\.?|pte\.?\s*ltd\.?|pty\.?\s*ltd\.?|p/l",
    r"s\.\s?a\.\s?r\.\s?l\.?|sarl|s\.\s?a\.\s?s\.|sasu|eurl|s\.\s?n\.\s?c\.",
    r"s\.\s?r\.\s?l\.?(?:\s?u\.?)?|srl|s\.\s?p\.\s?a\.?|s\.\s?l\.(?:\s?u\.?)?|s\.\s?a\.",
    r"b\.\s?v\.|n\.\s?v\.|v\.\s?o\.\s?f\.|gesmbh|ges\.m\.b\.h\.",
    r"sp\.\s?z\s?o\.\s?o\.|s\.\s?r\.\s?o\.|d\.\s?o\.\s?o\.|kft\.?|oyj?|aps|a/s",
)
_WRITTEN_IN_CAPITALS = r"AG|KG|OHG|UG|SE|SA|SB|PLT|SAS|SCI|SNC|SL|SLU|BV|NV|VOF|AB|AS|ASA|GbR|eG|eK|eV|SpA|Sàrl|Sagl"

_ANY_WAY = re.compile(rf"(?<![\w.])(?:{'|'.join(_WRITTEN_ANY_WAY)})(?!\w)", re.IGNORECASE)
_CAPITALS = re.compile(rf"(?<![\w.])(?:{_WRITTEN_IN_CAPITALS})(?![\w.])")


def find_legal_form(text: str) -> re.Match[str] | None:
    """The last legal form in ``text`` that has a name before it, or None."""
    found = [match for pattern in (_ANY_WAY, _CAPITALS) for match in pattern.finditer(text)]
    found = [match for match in found if sum(char.isalpha() for char in text[: match.start()]) > 1]
    return max(found, key=lambda match: match.end(), default=None)
