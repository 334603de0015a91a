"""A phrase that two languages mean differently is settled by name, with the reason, and never by chance."""

from collections import defaultdict
from typing import NamedTuple

import pytest

from invoicewatch.extract.dates.written.parse import find_month
from invoicewatch.extract.labels.language import expand_phrase
from invoicewatch.extract.labels.load import load_languages
from invoicewatch.extract.page.labels import load_labels, skeleton_of

LANGUAGES = {language.code: language for language in load_languages()}
# Looked for as labels of all languages at once.
LABEL_TABLES = (
    "amounts", "columns", "currency", "dates", "identifiers", "kinds", "letters", "parties", "months", "compounds"
)  # fmt: skip


class Settled(NamedTuple):
    """A phrase that languages hold in different roles; ``kept`` is the role it has, empty where it is not read."""

    table: str
    phrase: str
    languages: frozenset[str]
    kept: str


class LeftOut(NamedTuple):
    """A phrase that ``language`` prints and must not hold in a table."""

    language: str
    table: str
    phrase: str


SETTLED = {
    Settled("months", "listopad", frozenset({"hr", "pl", "cs"}), ""): "October or November: better none than wrong",
    Settled("months", "listopada", frozenset({"hr", "pl"}), ""): "October or November: better none than wrong",
}
LEFT_OUT = {
    LeftOut("pl", "amounts", "transport"): "a charge there; a sum that is carried over in Dutch",
    LeftOut("ro", "amounts", "transport"): "a charge there; a sum that is carried over in Dutch",
    LeftOut("ro", "amounts", "voucher"): "a way to pay there; what is taken off in English",
    LeftOut("ro", "amounts", "total net"): "without tax there; on English receipts what is to be paid",
    LeftOut("ro", "amounts", "sold"): "a balance there; how many pieces in English",
    LeftOut("pl", "parties", "firma"): "the name itself there; to whom a letter goes in German",
    LeftOut("ro", "parties", "firma"): "the name itself there; to whom a letter goes in German",
    LeftOut("ro", "parties", "debitor"): "the buyer there; stands before a customer's number in German",
    LeftOut("hu", "parties", "partner"): "the buyer there; whoever one works with in English and German",
    LeftOut("pt", "parties", "beneficiário"): "the seller there; who owns the account in Italian",
    LeftOut("pt", "amounts", "pago"): "paid before there; any payment in Spanish",
    LeftOut("pl", "dates", "termin"): "when to pay there; an appointment in German",
    LeftOut("sk", "identifiers", "uid"): "a till's receipt there; the VAT identifier in German",
    LeftOut("cs", "identifiers", "č"): "one letter that begins numbers of any kind everywhere",
    LeftOut("hu", "columns", "db"): "pieces there; a railway in German",
    LeftOut("hu", "columns", "me"): "a unit there; a word in English",
    LeftOut("cs", "columns", "ks"): "pieces there; a state in English addresses",
    LeftOut("pt", "columns", "un"): "a unit there; an article in French and Spanish",
    LeftOut("ro", "kinds", "bon"): "a receipt there; a word in French, and an order with others",
    LeftOut("sk", "kinds", "blok"): "a receipt there; a block of houses in Dutch, Polish and Malay",
    LeftOut("hu", "kinds", "blokk"): "a receipt there; a block of houses in Norwegian",
    LeftOut("cs", "months", "led"): "January there; a lamp everywhere",
    LeftOut("cs", "months", "pro"): "December there; a word in many languages",
    LeftOut("pl", "months", "sie"): "August there; a word in German",
    LeftOut("pl", "months", "lip"): "July there; a word in English",
    LeftOut("ro", "months", "mart"): "March there; a shop in English",
    LeftOut("ro", "months", "noi"): "November there; a word in Italian",
}


def list_phrases(code: str, table: str) -> dict[str, str]:
    """The role of each phrase of a language's table, by its skeleton."""
    roles = LANGUAGES[code].tables[table]
    return {
        skeleton_of(phrase): role for role, entries in roles.items() for e in entries for phrase in expand_phrase(e)
    }


@pytest.mark.parametrize("table", LABEL_TABLES)
def test_every_phrase_of_two_roles_is_settled(table):
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for code in LANGUAGES:
        for skeleton, role in list_phrases(code, table).items():
            found[skeleton][code] = role
    disputed = {skeleton: roles for skeleton, roles in found.items() if len(set(roles.values())) > 1}
    settled = {skeleton_of(each.phrase) for each in SETTLED if each.table == table}
    assert {} == {skeleton: roles for skeleton, roles in disputed.items() if skeleton not in settled}


@pytest.mark.parametrize("settled", SETTLED, ids=lambda each: f"{each.table}-{each.phrase}")
def test_a_settled_phrase_has_the_role_that_was_chosen(settled):
    if not settled.languages <= LANGUAGES.keys():
        pytest.skip("not all of these languages have a file")
    skeleton = skeleton_of(settled.phrase)
    roles = {code: list_phrases(code, settled.table).get(skeleton) for code in settled.languages}
    assert all(roles.values())
    assert len(set(roles.values())) > 1
    if settled.table == "months":
        kept = str(find_month(settled.phrase)[0] or "")
    else:
        kept = load_labels(settled.table).whole[skeleton].role
    assert settled.kept == kept


@pytest.mark.parametrize("left", LEFT_OUT, ids=lambda each: f"{each.language}-{each.table}-{each.phrase}")
def test_a_phrase_that_was_left_out_stays_out(left):
    assert skeleton_of(left.phrase) not in list_phrases(left.language, left.table)


@pytest.mark.parametrize(
    ("table", "role", "phrase"),
    [
        ("amounts", "payable", "Total a pagar"),
        ("amounts", "change", "TROCO"),
        ("identifiers", "vat_id", "CNPJ"),
        ("kinds", "receipt", "CUPOM FISCAL"),
        ("amounts", "payable", "Do zapłaty"),
        ("amounts", "payable", "DO ZAPLATY"),
        ("amounts", "tax_total", "SUMA PTU"),
        ("amounts", "no_total", "SPRZEDAŻ OPODATKOWANA A"),
        ("dates", "due", "Termin płatności"),
        ("dates", "delivery", "Data sprzedaży"),
        ("parties", "buyer", "Nabywca"),
        ("amounts", "payable", "Celkem k úhradě"),
        ("amounts", "net", "Základ daně"),
        ("dates", "delivery", "DUZP"),
        ("parties", "seller", "Dodavatel"),
        ("amounts", "payable", "Suma na úhradu"),
        ("identifiers", "vat_id", "IČ DPH"),
        ("dates", "date", "Dňa"),
        ("amounts", "payable", "Fizetendő összesen"),
        ("amounts", "change", "VISSZAJÁRÓ"),
        ("dates", "issue", "Számla kelte"),
        ("parties", "buyer", "Vevő"),
        ("amounts", "payable", "Total de plată"),
        ("amounts", "change", "REST"),
        ("dates", "due", "Data scadenței"),
        ("parties", "seller", "Furnizor"),
    ],
)
def test_what_papers_of_the_country_print_keeps_its_role_among_all_languages(table, role, phrase):
    assert role == load_labels(table).whole[skeleton_of(phrase)].role
