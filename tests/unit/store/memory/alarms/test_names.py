import pytest

from invoicewatch.store.memory.alarms.names import is_same_seller


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Eichenhof Bürobedarf KG", "EICHENHOF BUEROBEDARF"),
        ("Eichenhof Bürobedarf GmbH & Co. KG", "Eichenhof Bürobedarf GmbH"),
        ("Eichenhof Bürobedarf KG", "Eichenh0f Bürobedarf K6"),
        ("Montfleury S.A.R.L.", "Montfleury SARL"),
        ("Rewa", "REWA Ltd."),
    ],
)
def test_one_seller(one, other):
    assert is_same_seller(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Eichenhof KG", "Eichenhof GmbH"),
        ("Eichenhof Bürobedarf", "Eschenbach Bürobedarf"),
        ("Rewa", "Rewe"),
        ("GmbH", ""),
    ],
)
def test_two_sellers(one, other):
    assert not is_same_seller(one, other)
