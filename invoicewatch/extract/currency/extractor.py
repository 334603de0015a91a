"""The currency of the document: named, written at the amounts, or told by the country."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.amounts import currencies
from invoicewatch.extract.amounts.rows import find_amounts
from invoicewatch.extract.page.found import FoundBy
from invoicewatch.extract.page.labels import Label, find_labels, load_labels
from invoicewatch.extract.page.layout import PageView, Row, view_pages
from invoicewatch.extract.proof.reading import prove_by_text_layer, prove_words_by_text
from invoicewatch.extract.weights.features import CurrencyFeature
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import CurrencyWeights
from invoicewatch.extract.weights.score import weigh_features
from invoicewatch.records import ExtractContext, Field, Source, Word, join_text

_WORDS_TOO = frozenset(
    {"BHD", "TRY", "PEN", "COP", "SAR", "MAD", "RON", "FT", "RP", "RS", "RS.", "FR.", "KR", "KR.", "LEI"}
)
_COLONS = ":.-="
_CLEAR_SHARE = 0.8  # of all mentions: the rest are misread digits, or prices in another currency
_FEW = 2  # one sign may be a misread digit
_MOST_SEEN = 3  # of many mentions each says what the others say
# Signs of a country that are no VAT id: legal forms that only one country has, and telephone prefixes.
_COUNTRY_SIGNS = (
    ("MY", re.compile(r"\bsdn\.?\s*bhd\b|\+60\b|\bmalaysia\b", re.IGNORECASE)),
    ("SG", re.compile(r"\bpte\.?\s*ltd\b|\+65\b|\bsingapore\b", re.IGNORECASE)),
    ("AU", re.compile(r"\bpty\.?\s*ltd\b|\bABN\b|\+61\b|\baustralia\b", re.IGNORECASE)),
    ("IN", re.compile(r"\bpvt\.?\s*ltd\b|\bGSTIN\b|\+91\b|\bindia\b", re.IGNORECASE)),
    ("PK", re.compile(r"\+92\b|\bpakistan\b", re.IGNORECASE)),
    ("LK", re.compile(r"\+94\b|\bsri lanka\b", re.IGNORECASE)),
    ("CA", re.compile(r"\bcanada\b|\bHST\b|\bQST\b")),
    ("CH", re.compile(r"\bCHE-?\d{3}|\+41\b|\bschweiz\b|\bsuisse\b|\bsvizzera\b", re.IGNORECASE)),
    ("SE", re.compile(r"\+46\b|\bsverige\b|\bsweden\b", re.IGNORECASE)),
    ("DK", re.compile(r"\+45\b|\bdanmark\b|\bdenmark\b|\bCVR\b", re.IGNORECASE)),
    ("NO", re.compile(r"\+47\b|\bnorge\b|\bnorway\b", re.IGNORECASE)),
    ("GB", re.compile(r"\+44\b|\bunited kingdom\b|\bGB\d{9}\b", re.IGNORECASE)),
    ("US", re.compile(r"\b[A-Z]{2} \d{5}(?:-\d{4})?\b|\bUSA\b|\bInc\.")),
    ("DE", re.compile(r"\bDE\d{9}\b|\+49\b|\bdeutschland\b", re.IGNORECASE)),
    ("FR", re.compile(r"\bFR\w{2}\d{9}\b|\+33\b|\bSIRET\b", re.IGNORECASE)),
    ("NL", re.compile(r"\bNL\d{9}B\d{2}\b|\+31\b|\bKvK\b", re.IGNORECASE)),
    ("IT", re.compile(r"\bIT\d{11}\b|\+39\b|\bpartita iva\b", re.IGNORECASE)),
    ("ES", re.compile(r"\bES[A-Z]\d{7}\w\b|\+34\b|\bCIF\b|\bNIF\b")),
    ("AT", re.compile(r"\bATU\d{8}\b|\+43\b", re.IGNORECASE)),
)


class Mention(NamedTuple):
    """A currency named on words ``first`` up to but not including ``last`` of ``row``, with the weight it has."""

    code: str
    written: str
    weight: int
    row: Row
    first: int
    last: int

    @property
    def words(self) -> tuple[Word, ...]:
        """The words that name it."""
        return self.row.words[self.first : self.last]


class CurrencyExtractor:
    """Finds ``currency``."""

    def __init__(self, settings: ExtractSettings) -> None:
        self._settings = settings

    def find(self, context: ExtractContext) -> Mapping[str, Field | None]:
        """The currency with its evidence; None where nothing tells it."""
        pages = view_pages(context.readings)
        mentions = [mention for page in pages for mention in find_mentions(page)]
        countries = find_countries(join_text(context.readings))
        if mentions:
            return {"currency": _make_field(mentions, countries)}
        return {"currency": _guess(countries)}


def find_mentions(page: PageView) -> Iterator[Mention]:
    """All places where a page names a currency."""
    weights = load_weights(CurrencyWeights).mention
    labelled = {(label.row.number, _find_value(label)) for label in find_labels(page, load_labels("currency"))}
    for row in page.rows:
        money = [amount for amount in find_amounts(row, page.char_width) if amount.is_money]
        beside = {n for amount in money for n in range(amount.first, amount.last)}
        for n, word in enumerate(row.words):
            after_label = (row.number, n) in labelled
            written = _find_written(word.text, beside_amount=n in beside or after_label)
            if written and not _is_disputed(word, written):
                code = written if written in currencies.CODES else currencies.WRITTEN[written]
                weight = weights.labelled if after_label else weights.beside_amount if n in beside else weights.alone
                yield Mention(code, written, weight, row, n, n + 1)


def _find_value(label: Label) -> int:
    """The index of the word after a label; a colon may stand by itself before it."""
    texts = [word.text for word in label.row.words]
    values = (n for n in range(label.last, len(texts)) if texts[n].strip(_COLONS))
    return next(values, label.last)


def _is_disputed(word: Word, written: str) -> bool:
    """Whether another engine saw no currency in a lone sign: the tax code S is soon read as a dollar."""
    others = [other for other in word.others if other.engine != word.engine]
    return word.text == written and bool(others) and not any(written in other.text.upper() for other in others)


def _find_written(text: str, *, beside_amount: bool) -> str:
    """The currency that a word names (``(RM)``, ``€12.00``), upper case, empty if none.

    Away from amounts and labels a word must be written as currencies are: a sign, or a code in capitals that is not
    a word of its own in some language (``SDN BHD``, ``TRY``).
    """
    bare = text.strip("*:;|~")
    if beside_amount:
        found = (
            currencies.WHOLE.match(bare)
            or currencies.PREFIX.match(bare.lstrip("-(+"))
            or currencies.SUFFIX.search(bare)
        )
        return found.group(found.lastindex or 0).upper() if found else ""
    inside = re.search(r"\(([^\W\d_]{2,3}|[€£$])\)$", bare)
    match = currencies.WHOLE.match(inside.group(1) if inside else bare)
    written = match.group(1) if match else ""
    alone = written.isupper() or not any(char.isalpha() for char in written)
    return written if alone and (inside or written not in _WORDS_TOO) else ""


def find_countries(text: str) -> list[str]:
    """Countries that the text gives signs of, the plainest sign first."""
    counts = Counter({country: len(sign.findall(text)) for country, sign in _COUNTRY_SIGNS})
    return [country for country, count in counts.most_common() if count]


def _make_field(mentions: Sequence[Mention], countries: Sequence[str]) -> Field:
    local = [currencies.COUNTRY[country] for country in countries]
    weights: Counter[str] = Counter()
    for mention in mentions:
        weights[_settle(mention, mentions, local)] += mention.weight
    clear = {mention.code for mention in mentions if mention.written not in currencies.AMBIGUOUS}
    # Of equals the one that is named without doubt: a `$` is also what engines make of a misread digit.
    code = max(weights, key=lambda code: (weights[code], code in clear))
    share = weights[code] / weights.total()
    own = [mention for mention in mentions if _settle(mention, mentions, local) == code]
    best = max(own, key=lambda mention: mention.weight)
    plain = best.written not in currencies.AMBIGUOUS
    reading = prove_by_text_layer(best.row, best.words) or prove_words_by_text(best.words)
    named = best.weight >= load_weights(CurrencyWeights).mention.labelled
    role = share >= _CLEAR_SHARE and plain and (named or len(own) >= _FEW)
    return Field(
        "currency",
        code,
        _rate_mentions(share, len(own), plain=plain),
        verified=bool(reading) and role,
        page=best.row.page,
        box=best.row.box_of(best.first, best.last),
        source=best.row.source,
        method=f"written {len(own)} times" if not named else str(FoundBy.NAMED_CURRENCY),
        text=best.row.join(max(0, best.first - 1), min(len(best.row.words), best.last + 1)),
    )


def _rate_mentions(share: float, count: int, *, plain: bool) -> float:
    """The confidence in a currency with this share of all mentions, named ``count`` times."""
    weights = load_weights(CurrencyWeights)
    features = {
        CurrencyFeature.PLAIN if plain else CurrencyFeature.AMBIGUOUS: 1.0,
        CurrencyFeature.SHARE: share,
        CurrencyFeature.SEEN: float(min(_MOST_SEEN, count)),
    }
    return round(min(weights.scale.highest, weigh_features(weights.odds, features)), 3)


def _settle(mention: Mention, mentions: Sequence[Mention], local: Sequence[str]) -> str:
    """What an ambiguous sign (``$``, ``kr``) stands for: a code named elsewhere, else the country's own."""
    choices = currencies.AMBIGUOUS.get(mention.written)
    if choices is None:
        return mention.code
    named = [other.code for other in mentions if other.written not in currencies.AMBIGUOUS and other.code in choices]
    return next(iter([*named, *(code for code in local if code in choices)]), mention.code)


def _guess(countries: Sequence[str]) -> Field | None:
    """The currency of the country that the document shows, where it names none."""
    if not countries:
        return None
    code = currencies.COUNTRY[countries[0]]
    scale = load_weights(CurrencyWeights).scale
    alone = len({currencies.COUNTRY[country] for country in countries}) == 1
    return Field(
        "currency",
        code,
        scale.one_country if alone else scale.several_countries,
        verified=False,
        page=None,
        box=None,
        source=Source.OCR,
        method=f"the currency of {countries[0]}",
        text="",
    )
