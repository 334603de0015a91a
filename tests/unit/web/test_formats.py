import pytest
from babel import Locale

from invoicewatch.web.words.formats import Formats


@pytest.mark.parametrize(("share", "written"), [(0.29, "29%"), (0.999, "99%"), (1.0, "100%")])
def test_a_share_is_rounded_down_and_loses_nothing_besides(share, written):
    assert written == Formats(Locale("en")).write_share(share)
