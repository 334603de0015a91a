"""The currency of the document: named, written at the amounts, or told by the country."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.amounts import currencies
from invoicewatch.extract.amounts.rows import find_amounts
from invoicewatch.extract.currency.guess import add_by_currency, guess_by_country, guess_by_script
from invoicewatch.extract.page.found import FoundBy
from invoicewatch.extract.page.labels import Label, find_labels, load_labels
from invoicewatch.extract.page.layout import PageView, Row, view_pages
from invoicewatch.extract.place.countries import find_signs, rank_countries
from invoicewatch.extract.proof.reading import prove_by_text_layer, prove_words_by_text
from invoicewatch.extract.weights.features import CurrencyFeature
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import CurrencyWeights
from invoicewatch.extract.weights.score import weigh_features
from invoicewatch.records import ExtractContext, Field, Source, Word, join_text

# Signs that are words of their own in some language, or soon read where none is: they count beside amounts only.
_WORDS_TOO = frozenset(
    "BHD TRY PEN COP SAR MAD RON FT RP RP. RS RS. FR. KR KR. LEI KN R S/ KSH RMB".split()  # noqa: SIM905 - many
) | {"ЛВ", "ЛВ.", "ГРН", "РУБ", "РУБ."}
_COLONS = ":.-="
_CLEAR_SHARE = 0.8  # of all mentions: the rest are misread digits, or prices in another currency
_FEW = 2  # one sign may be a misread digit
_MOST_SEEN = 3  # of many mentions each says what the others say
_DOLLAR = "$"
_LETTER = "R"
_LETTER_GROUP = re.compile(r"^R\d{1,3}$")  # the first group of "R14 374.50"
_TOLD = 3.0  # points of a country: a postcode with its state, or a telephone prefix and a name
_HEARD = 0.8  # points: one word that few countries share is enough where the sign says the rest


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
        countries = rank_countries(find_signs(join_text(context.readings)))
        local = add_by_currency(countries)
        mentions = [mention for page in pages for mention in find_mentions(page)]
        mentions = [mention for mention in mentions if not _is_doubtful(mention, mentions, local)]
        if mentions and not _is_misread(mentions, local):
            return {"currency": _make_field(mentions, local)}
        return {"currency": guess_by_country(countries, local) or guess_by_script(context, pages)}


def _is_doubtful(mention: Mention, mentions: Sequence[Mention], local: Mapping[str, float]) -> bool:
    """Whether a lone letter at an amount is rather a tax code, as where another currency is written too."""
    if mention.written != _LETTER or local.get(mention.code, 0.0) >= _HEARD:
        return False
    after = mention.row.words[mention.last].text if mention.last < len(mention.row.words) else ""
    leads = mention.row.words[mention.first].text != _LETTER or after[:1].isdigit()
    letters = sum(each.written == _LETTER for each in mentions)
    return not leads or letters < _FEW or letters < len(mentions)


def _is_misread(mentions: Sequence[Mention], local: Mapping[str, float]) -> bool:
    """Whether dollars are all that an engine read on a page that comes from elsewhere: it reads ``S`` and ``5`` so."""
    if any(mention.written != _DOLLAR or mention.row.source is Source.TEXT_LAYER for mention in mentions):
        return False
    dollars = max((local.get(code, 0.0) for code in currencies.AMBIGUOUS[_DOLLAR]), default=0.0)
    best = next(iter(local.items()), ("", 0.0))
    return best[0] not in currencies.AMBIGUOUS[_DOLLAR] and best[1] >= _TOLD and dollars < _HEARD


def find_mentions(page: PageView) -> Iterator[Mention]:
    """All places where a page names a currency."""
    weights = load_weights(CurrencyWeights).mention
    labelled = {(label.row.number, _find_value(label)) for label in find_labels(page, load_labels("currency"))}
    for row in page.rows:
        money = [amount for amount in find_amounts(row, page.char_width) if amount.is_money]
        beside = {n for amount in money for n in range(amount.first - 1, amount.last + 1)}
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
    return (
        word.text == written
        and len(written) == 1
        and bool(others)
        and not any(written in other.text.upper() for other in others)
    )


def _find_written(text: str, *, beside_amount: bool) -> str:
    """The currency that a word names (``(RM)``, ``€12.00``), upper case, empty if none.

    Away from amounts and labels a word must be written as currencies are: a sign, or a code in capitals that is not
    a word of its own in some language (``SDN BHD``, ``TRY``).
    """
    bare = text.strip("*:;|~")
    if beside_amount:
        if _LETTER_GROUP.match(bare):
            return _LETTER
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


def _make_field(mentions: Sequence[Mention], local: Mapping[str, float]) -> Field:
    clear = {mention.code for mention in mentions if mention.written not in currencies.AMBIGUOUS}
    weights = _weigh(mentions, local)
    # Of equals the one that is named without doubt: a `$` is also what engines make of a misread digit.
    code = max(weights, key=lambda code: (weights[code], code in clear))
    share = weights[code] / weights.total()
    own = [mention for mention in mentions if _settle(mention, mentions, local) == code]
    best = max(own, key=lambda mention: mention.weight)
    plain = best.written not in currencies.AMBIGUOUS or best.written in currencies.ALL_BUT_CLEAR
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


def _weigh(mentions: Sequence[Mention], local: Mapping[str, float]) -> Counter[str]:
    """How much all mentions of a currency count together.

    Engines read ``$`` in many a ``S`` and ``§``, so that one sign, however often it was read, never outweighs a code
    that a label names.
    """
    weights: Counter[str] = Counter()
    misread: Counter[str] = Counter()
    named = any(mention.written not in currencies.AMBIGUOUS for mention in mentions)
    alone = load_weights(CurrencyWeights).mention.alone
    for mention in mentions:
        if named and mention.weight <= alone and mention.written == _DOLLAR:
            continue
        soon_misread = mention.written == _DOLLAR and mention.row.source is not Source.TEXT_LAYER
        (misread if soon_misread else weights)[_settle(mention, mentions, local)] += mention.weight
    most = load_weights(CurrencyWeights).mention.labelled - 1
    for code, weight in misread.items():
        weights[code] += min(most, weight)
    return weights


def _rate_mentions(share: float, count: int, *, plain: bool) -> float:
    """The confidence in a currency with this share of all mentions, named ``count`` times."""
    weights = load_weights(CurrencyWeights)
    features = {
        CurrencyFeature.PLAIN if plain else CurrencyFeature.AMBIGUOUS: 1.0,
        CurrencyFeature.SHARE: share,
        CurrencyFeature.SEEN: float(min(_MOST_SEEN, count)),
    }
    return round(min(weights.scale.highest, weigh_features(weights.odds, features)), 3)


def _settle(mention: Mention, mentions: Sequence[Mention], local: Mapping[str, float]) -> str:
    """What an ambiguous sign (``$``, ``kr``) stands for: a code named elsewhere, else the country's own."""
    choices = currencies.AMBIGUOUS.get(mention.written)
    if choices is None:
        return mention.code
    named = [other.code for other in mentions if other.written not in currencies.AMBIGUOUS and other.code in choices]
    return named[0] if named else max(choices, key=lambda code: local.get(code, 0.0))
