"""Invented invoices as text, by the million: enough like real ones for a word index to feel the same weight.

Words follow Zipf's law over a vocabulary of 30,000, with four of a hundred misread by one character; sellers likewise,
each with its own address, footer and bank. Every document has its own number, dates, amounts, order number and file
name, which is what lets a real vocabulary grow: four new words a document. Goods and phrases come from a stock of
300,000 lines. Papers come in the order of their dates, more or less. A document has about 180 words and 1,500
characters, between the receipts (700) and the invoices (2,000) of the dev sets.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from random import Random

WORDS = 30_000
SELLERS = 20_000
GOODS = 200_000
PHRASES = 100_000
MISREAD = 0.04
FIRST_DAY = date(2016, 1, 1)
PER_DAY = 300

_ONSETS = "b br c ch d dr f fl g gr h k kl l m n p pl qu r s sch sp st t tr v w z".split()  # noqa: SIM905 - legible
_NUCLEI = "a e i o u ä ö ü au ei ie ai oo ea".split()  # noqa: SIM905 - legible
_CODAS = ("", "", "", *"n r l s t m ck nd rt st ng x".split())  # noqa: SIM905 - legible
_FORMS = ("GmbH", "AG", "Ltd", "Inc", "SARL", "SA", "KG", "LLC", "Sdn Bhd", "有限公司")
_COMMON_TEXT = (
    "invoice rechnung facture total tax amount due date number customer vat net order delivery payment bank account"
    " iban bic page terms street city phone fax email www the and for of to summe betrag datum kunde steuer netto"
    " lieferung zahlung konto seite menge preis artikel stück qty price unit description subtotal balance thank you"
)
_COMMON = _COMMON_TEXT.split()
_SHAPES = {"o": "0", "l": "1", "i": "l", "s": "5", "b": "6", "e": "c", "n": "h", "a": "o", "u": "v", "m": "n"}


@dataclass(frozen=True, slots=True)
class Paper:
    """One invented invoice."""

    number: str
    seller: str
    issued: date
    due: date
    currency: str
    total: Decimal
    text: str
    goods: tuple[str, ...]


class Corpus:
    """The vocabulary, the sellers and a stock of lines; papers are made from their number alone."""

    def __init__(self, seed: int = 7) -> None:
        rng = Random(seed)
        self.words = [*_COMMON, *_make_words(rng, WORDS - len(_COMMON))]
        self.sellers = [_make_seller(rng, self.words) for _ in range(SELLERS)]
        self._seller_weights = list(accumulate(1 / (rank + 50) for rank in range(SELLERS)))
        weights = list(accumulate(1 / (rank + 2.7) for rank in range(WORDS)))
        self.goods = [_make_line(rng, self.words, weights, 4) for _ in range(GOODS)]
        self.phrases = [_make_line(rng, self.words, weights, 15) for _ in range(PHRASES)]

    def make(self, number: int) -> Paper:
        """The paper of that number, always the same."""
        rng = Random(number * 2_654_435_761 % 2**32)
        name, head, foot = rng.choices(self.sellers, cum_weights=self._seller_weights)[0]
        issued = FIRST_DAY + timedelta(days=number // PER_DAY + rng.randrange(30))
        due = issued + timedelta(days=rng.choice((10, 14, 30)))
        label = f"{rng.choice(('INV', 'RE', 'F', 'R'))}-{issued.year}-{number:06d}"
        amounts = [Decimal(rng.randint(100, 90_000)) / 100 for _ in range(rng.randint(2, 9))]
        total = sum(amounts, Decimal(0))
        customer = f"Customer {rng.randint(10_000, 99_999)}   Order PO{rng.randint(10**6, 10**7)}"
        goods = [(rng.choice(self.goods), rng.randint(1, 20), amount) for amount in amounts]
        lines = [
            name, *head, f"Invoice No. {label}", f"Date: {issued:%d.%m.%Y}", customer,
            *(f"{good}\n{count} {amount:,.2f}" for good, count, amount in goods),
            f"Net {total:,.2f}", f"Total Due: {total:,.2f} EUR", f"Payable until {due:%d.%m.%Y}",
            *rng.choices(self.phrases, k=6), *foot,
        ]  # fmt: skip
        return Paper(
            label,
            name,
            issued,
            due,
            rng.choice(("EUR", "USD", "CHF")),
            total,
            "\n".join(lines),
            tuple(good for good, _, _ in goods),
        )


def _make_line(rng: Random, words: list[str], weights: list[float], count: int) -> str:
    return " ".join(_misread(word, rng) for word in rng.choices(words, cum_weights=weights, k=count))


def _make_words(rng: Random, count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = rng.choices((1, 2, 3, 4), (2, 6, 3, 1))[0]
        parts = (rng.choice(_ONSETS) + rng.choice(_NUCLEI) + rng.choice(_CODAS) for _ in range(syllables))
        found["".join(parts)] = None
    return list(found)


def _make_seller(rng: Random, words: list[str]) -> tuple[str, list[str], list[str]]:
    name = " ".join([*(word.capitalize() for word in rng.choices(words, k=rng.randint(1, 2))), rng.choice(_FORMS)])
    street = f"{rng.choice(words).capitalize()} Street {rng.randint(1, 200)}"
    city = f"{rng.randint(10_000, 99_999)} {rng.choice(words).capitalize()}"
    vat = f"DE{rng.randint(10**8, 10**9 - 1)}"
    iban = f"DE{rng.randint(10, 99)} {rng.randint(1000, 9999)} {rng.randint(1000, 9999)} {rng.randint(1000, 9999)}"
    phone = f"Phone +49 {rng.randint(100, 999)} {rng.randint(10**5, 10**7)}"
    return name, [street, city, phone], [f"VAT {vat}", f"IBAN {iban}", "Thank you", " ".join(rng.choices(words, k=20))]


def _misread(word: str, rng: Random) -> str:
    """Change one character of four words in a hundred, as engines do."""
    spots = [i for i, c in enumerate(word) if c in _SHAPES] if rng.random() < MISREAD else []
    if not spots:
        return word
    spot = rng.choice(spots)
    return word[:spot] + _SHAPES[word[spot]] + word[spot + 1 :]
