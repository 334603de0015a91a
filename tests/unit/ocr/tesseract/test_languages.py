import pytest

from invoicewatch.errors import DependencyError
from invoicewatch.ocr.tesseract.languages import (
    find_languages,
    find_script_languages,
    list_candidates,
    require_languages,
    take_telling,
)


def test_installed_languages_pass():
    require_languages(("eng", "deu"), ("deu", "eng", "osd"))


@pytest.mark.parametrize(("language", "package"), [("nld", "tesseract-ocr-nld"), ("chi_sim", "tesseract-ocr-chi-sim")])
def test_a_missing_language_names_its_package(language, package):
    with pytest.raises(DependencyError, match=language) as caught:
        require_languages(("eng", language), ("eng",))
    assert f"apt install {package})" in caught.value.remedy
    assert caught.value.exit_code == 3


def test_auto_needs_english_and_the_orientation_data():
    require_languages(("auto",), ("eng", "osd"))
    with pytest.raises(DependencyError, match="osd"):
        require_languages(("auto",), ("eng", "deu"))


def test_auto_chooses_among_all_that_is_installed_and_known():
    assert list_candidates(("auto",), ("osd", "deu", "rus", "eng", "equ")) == ("eng", "deu", "rus")
    assert list_candidates(("fra", "eng"), ("deu", "eng", "fra")) == ("fra", "eng")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wir danken fur Ihre Bestellung und bitten um Zahlung. Der Betrag ist mit der Rechnung", ("deu",)),
        ("Nous vous prions de regler le montant de la facture dans les trente jours", ("fra",)),
        ("Thank you for your payment, please keep this receipt", ("eng",)),
        ("Total 12.50 Cash 20.00", ()),
        ("", ()),
    ],
)
def test_a_page_is_in_the_language_of_its_small_words(text, expected):
    assert expected == find_languages(text, ("eng", "deu", "fra"))


def test_a_page_may_be_in_two_languages_the_more_frequent_first():
    text = "Rechnung und Lieferung mit der Post; der Betrag ist zu zahlen. Invoice for your payment, please"
    assert find_languages(text, ("eng", "deu", "fra")) == ("deu", "eng")


def test_no_more_lines_are_asked_for_than_tell_the_language():
    lines = iter(("Stempel", "Wir danken und bitten um Zahlung", "please"))
    assert ["Stempel", "Wir danken und bitten um Zahlung"] == list(take_telling(lines, ("eng", "deu")))
    assert ["please"] == list(lines)


def test_all_lines_are_asked_for_where_they_are_in_two_languages():
    lines = ("Rechnung und Lieferung mit der Post, Invoice for your payment", "please", "danke")
    assert list(lines) == list(take_telling(lines, ("eng", "deu")))


def test_only_languages_that_may_be_chosen_are_found():
    assert find_languages("der die das und mit von der Rechnung", ("eng", "fra")) == ()


def test_another_script_names_its_languages():
    assert find_script_languages("Cyrillic", ("eng", "bul", "rus")) == ("rus", "bul")
    assert find_script_languages("Latin", ("eng", "deu")) == ()
