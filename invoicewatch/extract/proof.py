"""The two proofs that ``verified`` asks for: that a value was read right, and that it is the field it is given as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from invoicewatch.extract.amounts import parse_amount
from invoicewatch.extract.amounts_rows import Amount
from invoicewatch.extract.currencies import DEFAULT_ROUNDING
from invoicewatch.extract.layout import Row
from invoicewatch.extract.proof_columns import prove_role_by_headings
from invoicewatch.extract.reconcile import Closing
from invoicewatch.extract.total_choice import TotalCandidate, has_label, names_total
from invoicewatch.extract.total_claims import Claim
from invoicewatch.records import Source, Word

SURE_CONFIDENCE = 95.0
_CLEAR_CONFIDENCE = 80.0
_CLEAR_LABEL = 0.85
_PLAIN_WEIGHT = 0.8
_FINAL_KINDS = frozenset({"cash less change", "due + prepaid", "bases and taxes by rate"})
_FINAL_WORDS = ("tax", "rounding")
_ADDED_LATER = frozenset({"tax", "tax_total", "service", "tip", "rounding", "discount"})


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves the reading and what the role, each a phrase or empty; ``complete`` if both are proved.

    ``found`` says how the value was found where its role is not proved.
    """

    reading: str
    role: str
    found: str

    @property
    def complete(self) -> bool:
        """Whether both are proved."""
        return bool(self.reading and self.role)

    @property
    def method(self) -> str:
        """The proofs in words."""
        return "; ".join(part for part in (self.role or self.found, self.reading) if part)


def prove_total(
    best: TotalCandidate, rest: Sequence[TotalCandidate], claims: Sequence[Claim], closings: Sequence[Closing]
) -> Proof:
    """The proofs of a total."""
    reading = prove_amount_reading(best.amount) or prove_by_arithmetic(best)
    found = f"beside {best.claims[0].label.text}" if best.claims else "by arithmetic, no label names it"
    return Proof(reading, prove_total_role(best, rest, claims, closings), found)


def prove_amount_reading(amount: Amount) -> str:
    """That an amount was read right, by the text layer or by two engines; empty if it may be cut."""
    if amount.cut:
        return ""
    return prove_by_text_layer(amount.row, amount.words) or prove_by_two_engines(amount)


def prove_by_text_layer(row: Row, words: Sequence[Word]) -> str:
    """The document's own text has no misreadings."""
    own = row.source is Source.TEXT_LAYER and all(word.raw is None for word in words)
    return "text layer" if own else ""


def prove_by_two_engines(amount: Amount) -> str:
    """Another engine read the same value in every word, and nothing had to be mended."""
    if amount.parsed.repaired or any(word.raw is not None for word in amount.words):
        return ""
    figures = [word for word in amount.words if any(char.isdigit() for char in word.text)]
    return "two engines agree" if figures and all(_agrees(word) for word in figures) else ""


def prove_words_by_two_engines(words: Sequence[Word]) -> str:
    """Another engine read the very same text in every word that holds a digit, and correction changed none."""
    figures = [word for word in words if any(char.isdigit() for char in word.text)]
    agreed = bool(figures) and all(word.agreed and word.raw is None for word in figures)
    return "two engines agree" if agreed else ""


def prove_words_by_text(words: Sequence[Word]) -> str:
    """Another engine read the very same text in every word, and correction changed none."""
    return "two engines agree" if words and all(word.agreed and word.raw is None for word in words) else ""


def _agrees(word: Word) -> bool:
    if word.agreed:
        return True
    try:
        value = parse_amount(word.text).value
    except ValueError:
        return False
    for other in word.others:
        try:
            parsed = parse_amount(other.text)
        except ValueError:
            continue
        if other.engine != word.engine and parsed.value == value and not parsed.repaired:
            return True
    return False


def find_lowest_confidence(words: Sequence[Word]) -> float:
    """The engine's confidence (0-100) in the least sure of the words that hold a digit."""
    figures = [word for word in words if any(char.isdigit() for char in word.text)]
    return min((word.confidence for word in figures or words), default=0.0)


def prove_by_arithmetic(candidate: TotalCandidate) -> str:
    """Sums close on this reading, non-trivially, with amounts that were read clearly."""
    if candidate.amount.cut or candidate.amount.parsed.repaired:
        return ""
    for closing in candidate.strict:
        words = [w for amount in (candidate.amount, *closing.members) for w in amount.words]
        if all(word.confidence >= _CLEAR_CONFIDENCE for word in words):
            return f"closes: {closing.kind}"
    return ""


def prove_total_role(
    best: TotalCandidate, rest: Sequence[TotalCandidate], claims: Sequence[Claim], closings: Sequence[Closing]
) -> str:
    """Its own label says total, and a sum closes on it non-trivially while none closes on another total.

    A sum of lines, discounts and charges closes on a sum before tax just as well: it proves the role only where the
    label leaves no doubt, or where this very sum was paid.
    """
    if best.superseded or not best.claims or is_more_added(best, claims):
        return ""
    if not has_plain_label(best):
        return prove_role_by_headings(best, rest, claims)
    if not names_total(best):
        return ""  # what is left to pay is the total only if another label says so
    if any(is_rival(candidate, best, closings) or asks_later(candidate, best) for candidate in rest):
        return ""
    final = [closing for closing in best.strict if is_final(closing)]
    if not final and (best.claims[0].role == "payable" or is_paid(best)):
        final = list(best.strict)
    return f"{best.claims[0].label.phrase}, {final[0].kind} closes" if final else ""


def has_plain_label(candidate: TotalCandidate) -> bool:
    """Whether a label of a total, clearly read, stands right beside the amount, and not over a column."""
    if not has_label(candidate):
        return False
    claim = candidate.claims[0]
    return (
        claim.label.score >= _CLEAR_LABEL and claim.weight >= _PLAIN_WEIGHT and not (claim.in_table or claim.qualified)
    )


def is_paid(candidate: TotalCandidate) -> bool:
    """Whether the document says that this very sum was paid, in cash (less change) or by card."""
    paid = any(claim.role in {"cash", "card"} for claim in candidate.claims)
    return paid or any(closing.kind == "cash less change" for closing in candidate.closings)


def is_final(closing: Closing) -> bool:
    """Whether a closing contains tax, rounding or payment, after which nothing more is added."""
    return closing.kind in _FINAL_KINDS or any(word in closing.kind for word in _FINAL_WORDS)


def is_rival(other: TotalCandidate, best: TotalCandidate, closings: Sequence[Closing]) -> bool:
    """Whether ``other`` has as plain a label and as final a closing, and is no step on the way to ``best``."""
    if not has_plain_label(other) or not any(is_final(closing) for closing in other.strict):
        return False
    own = [closing for closing in closings if closing.total == best.value]
    steps = {member.value for closing in own for member in closing.members}
    return other.value not in steps | {closing.superseded for closing in own}


def asks_later(other: TotalCandidate, best: TotalCandidate) -> bool:
    """Whether a later label asks for another sum (``total due``), and nothing shows that ``best`` was paid."""
    if any(closing.kind in {"cash less change", "due + prepaid"} for closing in best.strict):
        return False
    claim = other.claims[0] if has_plain_label(other) else None
    return claim is not None and claim.role == "payable" and claim.place > best.claims[0].place


def is_more_added(best: TotalCandidate, claims: Sequence[Claim]) -> bool:
    """Whether tax, service or rounding follows that no sum of ``best`` contains: then a later sum may be the total.

    What was paid is the total, whatever follows, and a payment a coin apart means rounding. A table of tax by rate
    follows many a total.
    """
    if is_paid(best):
        return False
    paid = [abs(claim.value) for claim in claims if claim.role in {"cash", "card"}]
    if any(0 < abs(value - abs(best.value)) <= DEFAULT_ROUNDING for value in paid):
        return True
    contained = {member.value for closing in best.strict for member in closing.members}
    place = best.claims[0].place
    return any(
        claim.role in _ADDED_LATER
        and claim.value != 0
        and claim.value not in contained
        and (claim.role == "rounding" or (claim.place > place and not claim.in_table))
        for claim in claims
    )
