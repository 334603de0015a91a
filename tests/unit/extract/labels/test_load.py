"""A language's file is read once, and what is misspelt in it is refused with file and key."""

import pytest

from invoicewatch.errors import ConfigError
from invoicewatch.extract.labels.load import load_languages, parse_language

HEAD = """[language]
name = "Ido"
precedence = 9
date_order = "dmy"
decimal_sign = ","
tesseract = "ido"
currency = ""
"""
MONTHS = "[months]\n" + "".join(f'{number} = ["monato{number}"]\n' for number in range(1, 13))


def test_a_short_file_is_a_language():
    language = parse_language("io", HEAD + MONTHS + '[amounts]\ntotal = ["sumo"]')
    assert ("io", "Ido", 9, "dmy", ",") == (
        language.code,
        language.name,
        language.precedence,
        language.date_order,
        language.decimal_sign,
    )
    assert ("sumo",) == language.tables["amounts"]["total"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[amounts", r"labels/io\.toml is not valid TOML"),
        (MONTHS, r"labels/io\.toml: \[language\] is missing"),
        (HEAD.replace("precedence = 9\n", "") + MONTHS, r"\[language\] precedence is missing"),
        (HEAD.replace('"dmy"', '"dym"') + MONTHS, r"\[language\] date_order is 'dym'"),
        (HEAD.replace('","', '";"') + MONTHS, r"\[language\] decimal_sign is ';'"),
        (HEAD.replace("9", "true") + MONTHS, r"\[language\] precedence is True"),
        (HEAD + 'tongue = "x"\n' + MONTHS, r"\[language\] tongue is unknown"),
        (HEAD + MONTHS + '[amonts]\ntotal = ["sumo"]', r"\[amonts\] is an unknown table"),
        (HEAD + MONTHS + '[amounts]\ntotl = ["sumo"]', r"\[amounts\] totl is an unknown role"),
        (HEAD + MONTHS + '[amounts]\ntotal = "sumo"', r"\[amounts\] total is not a list of phrases"),
        (HEAD + MONTHS + '[amounts]\ntotal = [""]', r"\[amounts\] total is not a list of phrases"),
        ('amounts = ["sumo"]\n' + HEAD + MONTHS, r"amounts is not a table"),
        (HEAD + MONTHS.replace("7 =", "# 7 ="), r"\[months\] 7 is missing"),
        (HEAD + MONTHS + '13 = ["x"]', r"\[months\] 13 is an unknown role"),
    ],
)
def test_what_is_misspelt_is_refused_with_its_place(text, fault):
    with pytest.raises(ConfigError, match=fault):
        parse_language("io", text)


def test_languages_come_in_the_order_of_their_precedence():
    ranks = [language.precedence for language in load_languages()]
    assert sorted(set(ranks)) == ranks
