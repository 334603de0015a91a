"""The plug-in of docs/plugins.md, installed as a distribution of its own."""

import re
from pathlib import Path

import pytest

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.errors import ConfigError
from invoicewatch.extract.chain import find_fields, load_extractors
from invoicewatch.records import Source

_GUIDE = Path(__file__).parents[3] / "docs" / "plugins.md"


def read_example(language, index=0):
    """The code of the guide, so that what a reader copies is what is tested."""
    return re.findall(rf"```{language}\n(.*?)```", _GUIDE.read_text(encoding="utf-8"), re.DOTALL)[index]


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """The example as an installed distribution: a module and its metadata on the import path."""
    entry_point = re.search(r"^purchase_order = \"(.*)\"$", read_example("toml"), re.MULTILINE)
    assert entry_point is not None
    (tmp_path / "purchase_order.py").write_text(read_example("python"), encoding="utf-8")
    metadata = tmp_path / "acme_invoice_fields-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-invoice-fields\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(f"[invoicewatch.extractors]\npurchase_order = {entry_point[1]}\n")
    monkeypatch.syspath_prepend(str(tmp_path))


@pytest.mark.usefixtures("installed")
def test_a_field_of_a_plug_in_is_found_beside_the_built_in_ones(draw, context):
    chain = load_extractors(ExtractSettings(extractors=("identifiers", "purchase_order")))
    fields = find_fields(context(draw("Invoice No: A-12\nYour order PO-123456")), chain)
    field = fields["purchase_order"]
    assert field is not None
    assert (field.value, field.verified, field.page) == ("PO-123456", True, 1)
    assert field.text == "Your order PO-123456"
    assert fields["invoice_number"] is not None
    assert fields["invoice_number"].value == "A-12"


@pytest.mark.usefixtures("installed")
def test_a_plug_in_is_unsure_of_what_one_engine_read_and_silent_where_there_is_nothing(draw, context):
    chain = load_extractors(ExtractSettings(extractors=("purchase_order",)))
    field = find_fields(context(draw("Your order PO-123456", source=Source.OCR)), chain)["purchase_order"]
    assert field is not None
    assert not field.verified
    assert find_fields(context(draw("Your order PO-12")), chain)["purchase_order"] is None


def test_a_name_that_no_package_offers_is_refused():
    with pytest.raises(ConfigError, match="purchase_order"):
        load_extractors(ExtractSettings(extractors=("purchase_order",)))


@pytest.mark.usefixtures("installed")
def test_the_guides_configuration_is_valid():
    names = tuple(re.findall(r'"(\w+)"', read_example("toml", 1)))
    assert [name for name, _ in load_extractors(ExtractSettings(extractors=names))] == list(names)
