"""Which languages a page is in, and whether their data is there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from invoicewatch.config.settings import OcrSettings

AUTO = "auto"

MIN_VOTES = 3
"""Fewer words that tell a language are no evidence."""

_RUNNER_UP = 0.3  # of the winner's votes: a language with so many is on the page too
_MIN_RUNNER_UP = 2  # votes: one word may be a name

_WORDS = {
    "eng": "and for from have is not of our please thank the this to was we with you your "
    "amount balance cash change discount due paid payment receipt sold subtotal tax",
    "deu": "als auf aus bei das dem den der ein eine für ihr ihre im ist mit nach nicht oder sie und uns "
    "vom von wir zu zum zur betrag datum gesamt kunde menge mwst nettobetrag rechnung steuer summe ust zahlung",
    "fra": "au aux avec ce cette dans du est et le les notre nous par pour que qui sur une vos votre vous "
    "adresse banque désignation échéance facture mode montant numéro paiement prix quantité tva virement",
    "nld": "aan bij dit een het met niet ons onze te uit uw van voor wij aantal bedrag btw factuur klant totaal",
    "ita": "al alla con dei del della di gli il nel non per sono cliente fattura importo iva pagamento quantità totale",
    "spa": "con el los las nuestro por su sus cantidad cliente factura importe fecha pago precio",
    "por": "ao com da do em na não o os para seu fatura data pagamento preço quantidade valor",
}
"""Words that are frequent in one language, on invoices above all, and rare in the others that share its script."""

LATIN_LANGUAGES = tuple(_WORDS)
"""Those with such words."""

_SCRIPTS = {
    "Cyrillic": ("rus", "ukr", "bul", "srp", "bel", "mkd"),
    "Greek": ("ell",),
    "Han": ("chi_sim", "chi_tra", "jpn"),
    "Japanese": ("jpn",),
    "Hangul": ("kor",),
    "Korean": ("kor",),
    "Arabic": ("ara", "fas", "urd"),
    "Hebrew": ("heb",),
    "Thai": ("tha",),
    "Devanagari": ("hin", "mar", "nep"),
}
"""Tesseract's scripts other than Latin, and the languages that are written in them."""

SCRIPT_NAMES = {script: script for script in _SCRIPTS} | {
    "Han": "Chinese characters",
    "Hangul": "Korean",
    "Devanagari": "Hindi or another language in Devanagari",
    "Cyrillic": "Russian or another language in Cyrillic",
}
"""What to call these scripts in a sentence."""


def check_languages(settings: OcrSettings) -> None:
    """Make sure that Tesseract can read every language that the settings name.

    Raises:
        DependencyError: Tesseract or a language's data is missing; the remedy names the Debian package.
    """
    from invoicewatch.ocr.tesseract import program as tesseract_program

    require_languages(settings.languages, tesseract_program.list_languages())


def require_languages(wanted: Sequence[str], installed: Collection[str]) -> None:
    """Raise DependencyError for the first of ``wanted`` that is not ``installed``; ``auto`` needs English and osd."""
    from invoicewatch.ocr.tesseract.program import ORIENTATION_DATA, missing_data

    for language in ("eng", ORIENTATION_DATA) if AUTO in wanted else wanted:
        if language not in installed:
            raise missing_data(language)


def list_candidates(wanted: Sequence[str], installed: Collection[str]) -> tuple[str, ...]:
    """The languages to choose from: those wanted, or with ``auto`` all that are installed, the best known first."""
    if AUTO not in wanted:
        return tuple(wanted)
    known = [language for language in _WORDS if language in installed]
    foreign = (language for languages in _SCRIPTS.values() for language in languages if language in installed)
    return tuple(dict.fromkeys((*known, *foreign)))


def find_languages(text: str, candidates: Sequence[str], min_votes: int = MIN_VOTES) -> tuple[str, ...]:
    """Those of ``candidates`` that ``text`` is in, the most frequent first; none where it does not tell.

    An English eye is enough to judge: it loses the dots of an umlaut, not the words between.
    """
    votes = count_votes(text, candidates)
    if sum(votes.values()) < min_votes:
        return ()
    most = max(votes.values())
    enough = min(most, max(_MIN_RUNNER_UP, _RUNNER_UP * most))
    ranked = sorted(candidates, key=lambda language: -votes[language])  # stable: the order of the settings among equals
    return tuple(language for language in ranked if votes[language] >= enough)


def take_telling(lines: Iterable[str], candidates: Sequence[str]) -> Iterator[str]:
    """The first of ``lines``, until one candidate alone has votes, and `MIN_VOTES` of them; else all."""
    votes: Counter[str] = Counter()
    for line in lines:
        yield line
        votes.update(count_votes(line, candidates))
        if max(votes.values(), default=0) == votes.total() >= MIN_VOTES:
            return


def count_votes(text: str, candidates: Sequence[str]) -> Counter[str]:
    """How many words of ``text`` speak for each candidate."""
    votes: Counter[str] = Counter()
    seen = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    for language in candidates:
        votes[language] = sum(seen[word] for word in _WORDS.get(language, "").split())
    return votes


def find_script_languages(script: str, candidates: Sequence[str]) -> tuple[str, ...]:
    """Those of ``candidates`` that are written in ``script`` (Tesseract's name of it); none for Latin."""
    return tuple(language for language in _SCRIPTS.get(script, ()) if language in candidates)


def list_script_languages(script: str) -> tuple[str, ...]:
    """The languages that are written in ``script`` (Tesseract's name of it), the likeliest first; none for Latin."""
    return _SCRIPTS.get(script, ())
