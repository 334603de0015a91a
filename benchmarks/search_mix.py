"""The mix of queries: what people type, in equal parts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

from benchmarks.search_corpus import Corpus

KINDS = {
    "seller": "a seller's name",
    "seller_part": "a part of a seller's name",
    "number": "an invoice number",
    "number_part": "a part of a number",
    "word": "a word of the text",
    "common": "a very common word",
    "two_words": "a seller and a common word",
    "word_part": "a part of a word",
    "misread": "a word with one wrong character",
    "miss": "a word that is nowhere",
    "two_letters": "two letters",
    "chinese": "two Chinese characters",
    "amount": "an amount",
    "filtered": "a common word within dates and amounts",
    "rare_filter": "a common word within one day",
    "list_filter": "no word, dates and amounts",
    "list_sorted": "no word, a status",
}


def make_queries(corpus: Corpus, size: int, count: int) -> dict[str, list[str]]:
    """``count`` queries of each kind, about papers that are there."""
    rng = Random(11)
    return {kind: [_MAKERS[kind](corpus, rng.randint(1, size), rng) for _ in range(count)] for kind in KINDS}


def _seller(corpus: Corpus, number: int, _rng: Random) -> str:
    return corpus.make(number).seller.split()[0]


def _seller_part(corpus: Corpus, number: int, rng: Random) -> str:
    return _part(_seller(corpus, number, rng), rng)


def _part(word: str, rng: Random) -> str:
    length = min(len(word), rng.randint(4, 5))
    start = rng.randint(0, len(word) - length)
    return word[start : start + length]


def _number(corpus: Corpus, number: int, _rng: Random) -> str:
    return corpus.make(number).number


def _number_part(corpus: Corpus, number: int, _rng: Random) -> str:
    return corpus.make(number).number.split("-")[2]


def _word(corpus: Corpus, _number: int, rng: Random) -> str:
    return corpus.words[rng.randint(500, len(corpus.words) - 1)]


def _common(corpus: Corpus, _number: int, rng: Random) -> str:
    return corpus.words[rng.randint(0, 30)]


def _two_words(corpus: Corpus, number: int, rng: Random) -> str:
    return f"{_seller(corpus, number, rng)} {_common(corpus, number, rng)}"


def _word_part(corpus: Corpus, number: int, rng: Random) -> str:
    return _part(_word(corpus, number, rng), rng)


def _misread(corpus: Corpus, number: int, rng: Random) -> str:
    word = _word(corpus, number, rng)
    place = rng.randrange(len(word))
    return word[:place] + rng.choice("xqj7") + word[place + 1 :]


def _miss(_corpus: Corpus, _number: int, rng: Random) -> str:
    return "".join(rng.choice("bcdfghjklmnpqrstvwxz") for _ in range(9))


def _two_letters(_corpus: Corpus, _number: int, rng: Random) -> str:
    return rng.choice(("AG", "SA", "KG", "of", "to"))


def _chinese(_corpus: Corpus, _number: int, rng: Random) -> str:
    return rng.choice(("公司", "有限"))


def _amount(corpus: Corpus, number: int, _rng: Random) -> str:
    return f"{corpus.make(number).total:,.2f}"


def _filtered(corpus: Corpus, number: int, rng: Random) -> str:
    first = corpus.make(number).issued
    return f"{_common(corpus, number, rng)} date:{first}..{first + timedelta(days=180)} total:>{rng.randint(500, 4000)}"


def _rare_filter(corpus: Corpus, number: int, rng: Random) -> str:
    return f"{_common(corpus, number, rng)} date:{corpus.make(number).issued}"


def _list_filter(corpus: Corpus, number: int, rng: Random) -> str:
    return f"date:{corpus.make(number).issued:%Y-%m} total:>{rng.randint(500, 4000)}"


def _list_sorted(_corpus: Corpus, _number: int, rng: Random) -> str:
    return rng.choice(("status:review", "verified:no", "status:review total:>3000", "currency:chf verified:no"))


_MAKERS: dict[str, Callable[[Corpus, int, Random], str]] = {
    "seller": _seller,
    "seller_part": _seller_part,
    "number": _number,
    "number_part": _number_part,
    "word": _word,
    "common": _common,
    "two_words": _two_words,
    "word_part": _word_part,
    "misread": _misread,
    "miss": _miss,
    "two_letters": _two_letters,
    "chinese": _chinese,
    "amount": _amount,
    "filtered": _filtered,
    "rare_filter": _rare_filter,
    "list_filter": _list_filter,
    "list_sorted": _list_sorted,
}
