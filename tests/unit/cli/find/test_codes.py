"""How ``show`` tells of the codes on a record's pages."""

import pytest

from invoicewatch.cli.find.record import _describe_code
from invoicewatch.records import Box, Code

PLACE = Box(0.4, 0.7, 0.6, 0.9)
WHERE = "page 2 at 50% across, 80% down"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (Code("BCD\n002", "QRCode", 2, PLACE, "EPC069-12"), f"EPC069-12, {WHERE}"),
        (
            Code("BCD\n002", "QRCode", 2, PLACE, "EPC069-12", "its BIC is none"),
            f"EPC069-12, gives nothing: its BIC is none, {WHERE}",
        ),
        (Code("a\nvery " + "long " * 50, "QRCode", 2, PLACE), f"“a very {'long ' * 10}lon”, {WHERE}"),
    ],
)
def test_a_code_is_told_by_its_kind_or_by_how_it_begins(code, told):
    assert told == _describe_code(code)
