"""The page's texts in every language."""

import re
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from babel import Locale

from invoicewatch.web.words.catalogue import choose_locale
from invoicewatch.web.words.formats import Formats
from scripts.translate import ROOT, WORDS, collect_texts, list_left_over, list_untranslated, read_translations

LANGUAGES = sorted(path.stem for path in WORDS.glob("*.po"))
# Of gettext, of scripts, and words that a script replaces.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|\b(?:NAME|DONE|ALL|NOT|N)\b")

pytestmark = pytest.mark.parametrize("language", LANGUAGES)


@cache
def collect():
    return collect_texts([ROOT])


def test_every_text_is_translated(language):
    translations = read_translations(language)
    missing = [message.id for message in collect() if message.id and message.id not in translations]
    assert [] == missing, "make words adds them"
    assert [] == [message.id for message in list_untranslated(translations)]


def test_no_translation_is_left_over(language):
    left_over = [message.id for message in list_left_over(read_translations(language), collect())]
    assert [] == left_over


def test_placeholders_are_the_same(language):
    wrong = []
    for message in filter(lambda each: each.id, read_translations(language)):
        forms, translated = list_forms(message.id), list_forms(message.string)
        wanted = list_placeholders(forms[-1])
        # A singular may write its number as a word.
        singular = [] if len(forms) == 1 or not list_placeholders(translated[0]) else translated[:1]
        wrong += [text for text in [*singular, *translated[len(forms) - 1 :]] if list_placeholders(text) != wanted]
    assert [] == wrong


def list_forms(text) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def list_placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def test_the_page_speaks_it(office, language):
    visit = office.visit()
    office.save()
    english = visit.get("/search").text
    page = visit.get("/search", **{"accept-language": f"{language},en;q=0.5"}).text
    assert f'<html lang="{language}">' in page
    assert page != english


def test_dates_and_amounts_are_written_as_the_reader_writes_them(language):
    def write(accepted):
        formats = Formats(choose_locale("", accepted, ["en", *LANGUAGES]))
        return formats.write_day(date(2024, 3, 5)), formats.write_amount(Decimal("1234.5"), "CHF")

    assert ("05.03.2024", "1.234,50\N{NO-BREAK SPACE}CHF") == write("de-DE")
    assert ("5 Mar 2024", "CHF\N{NO-BREAK SPACE}1,234.50") == write("en-GB")
    assert write("de-CH")[1].endswith("234.50")
    assert Locale.parse("en_GB") == choose_locale("", "xx", ["en", *LANGUAGES])


def test_an_amount_of_any_length_is_written_whole(language):
    formats = Formats(Locale(language))
    for unit in (None, "EUR"):
        digits = re.sub(r"\D", "", formats.write_amount(Decimal("9" * 60 + ".125"), unit))
        assert "9" * 60 + "125" == digits
