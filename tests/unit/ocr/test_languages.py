import pytest

from invoicewatch.errors import DependencyError
from invoicewatch.ocr.languages import require_languages


def test_installed_languages_pass():
    require_languages(("eng", "deu"), ("deu", "eng", "osd"))


@pytest.mark.parametrize(("language", "package"), [("nld", "tesseract-ocr-nld"), ("chi_sim", "tesseract-ocr-chi-sim")])
def test_a_missing_language_names_its_package(language, package):
    with pytest.raises(DependencyError, match=language) as caught:
        require_languages(("eng", language), ("eng",))
    assert f"apt install {package})" in caught.value.remedy
    assert caught.value.exit_code == 3
