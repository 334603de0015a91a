"""Whether two names are one seller's: as engines misread it, and with its legal form or without."""

from __future__ import annotations

from rapidfuzz import fuzz

from invoicewatch.store.index.words import cut_words, fold_sound

# Folded words that say how a company is set up; several may follow one another (GmbH & Co. KG).
LEGAL_FORMS = frozenset((
    "gmbh", "mbh", "ug", "ag", "kg", "ohg", "gbr", "ek", "eu", "se", "kgaa", "co", "cie", "haftungsbeschrankt",
    "partg", "ltd", "limited", "llc", "llp", "lp", "inc", "corp", "plc", "incorporated", "corporation", "company",
    "pte", "pty", "bhd", "sdn", "sa", "sas", "sasu", "sarl", "eurl", "sci", "snc", "sca", "srl", "spa", "sapa",
    "srls", "sl", "slu", "sau", "bv", "nv", "vof", "cv", "aps", "ab", "oy", "oyj", "hb", "kft", "zrt", "rt", "sro",
    "as", "doo", "dd", "ead", "eood", "ood", "kk", "gk", "pvt",
))  # fmt: skip
# Two engines, or two scans, spell one seller this much alike (of 100); a letter in eight may be wrong.
_SAME_RATIO = 88.0
# A name this short is alike to too many.
_MIN_FUZZY_CHARS = 6


def split_name(name: str) -> tuple[str, str]:
    """The name's own letters and its legal form, both folded; the form is empty where none ends it.

    >>> split_name("Eichenhof Bürobedarf GmbH & Co. KG"), split_name("S.A.R.L. Montfleury")
    (('eichenhofburobedarf', 'gmbhcokg'), ('sarlmontfleury', ''))
    """
    words = _join_letters([fold_sound(word) for word in cut_words(name)])
    end = len(words)
    while end > 1 and words[end - 1] in LEGAL_FORMS:
        end -= 1
    return "".join(words[:end]), "".join(words[end:])


def is_same_seller(one: str, other: str) -> bool:
    """Whether two names are one seller's.

    Two legal forms are two sellers; one that is left out, or of which the end is missing, says nothing.
    """
    (mine, my_form), (theirs, their_form) = split_name(one), split_name(other)
    if not mine or not theirs or not (my_form.startswith(their_form) or their_form.startswith(my_form)):
        return False
    if min(len(mine), len(theirs)) < _MIN_FUZZY_CHARS:
        return mine == theirs
    # A form that was misread counts as a part of the name: then the whole is compared.
    whole = fuzz.ratio(mine + my_form, theirs + their_form)
    return max(fuzz.ratio(mine, theirs), whole) >= _SAME_RATIO


def _join_letters(words: list[str]) -> list[str]:
    """Single letters in a row as one word: ``s a r l`` is ``sarl``."""
    joined: list[str] = []
    single = False
    for word in words:
        if single and len(word) == 1:
            joined[-1] += word
        else:
            joined.append(word)
        single = len(word) == 1
    return joined
