"""What is missing or misnamed is said when the tools are built, not at the first document."""

from typing import Any

import msgspec
import pytest

from invoicewatch.config import Config
from invoicewatch.errors import ConfigError, DependencyError
from invoicewatch.wiring import build_tools


def change(table: str, **values: Any) -> Config:
    config = Config()
    return msgspec.structs.replace(config, **{table: msgspec.structs.replace(getattr(config, table), **values)})


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("ocr", {"engine": "no-such-engine"}),
        ("correct", {"processors": ("no-such-processor",)}),
        ("extract", {"extractors": ("no-such-extractor",)}),
    ],
)
def test_a_name_that_is_not_installed_is_refused(table: str, values: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="no-such"):
        build_tools(change(table, **values), use_model=False)


def test_a_language_without_data_is_refused_with_its_package_before_a_page_comes() -> None:
    tools = build_tools(change("ocr", languages=("eng", "tlh")), use_model=False)
    tools.warm(lambda: None, now=False)  # perhaps no page is ever read
    with pytest.raises(DependencyError) as caught:
        tools.warm(lambda: None, now=True)

    assert "tesseract-ocr-tlh" in caught.value.remedy
