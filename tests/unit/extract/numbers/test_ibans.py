"""Which account is the one to pay to, and which can be none."""

import pytest

from invoicewatch.records import Source

OURS = "DE89 3704 0044 0532 0130 00"
THEIRS = "DE91 1000 0000 0123 4567 89"


@pytest.mark.parametrize(
    "picture",
    [
        "IBAN DE89 3704 0044 0532 0130 01",
        "IBAN DE89 3704 0044 0532 0130 0",
        "IBAN DE89 3704 0044 0532 0130 001",
        "IBAN DE89 3704 0044 0532 0130 00 1",
        "IBAN DE12 1234 4321 9876 00",
        "IBAN FR14 2004 1010 0505 0001 3M02 605",
        "IBAN NL91 ABNA 0417 1643 01",
        "IBAN DE89 37O4 0044 0532 0130 00",
    ],
)
def test_an_account_that_cannot_exist_as_printed_is_never_verified(find, picture):
    for options in ({}, {"source": Source.OCR, "agreed": True}):
        field = find(picture, **options)["iban"]
        assert field is None or not field.verified, options


@pytest.mark.parametrize(
    "picture",
    [
        "IBAN DE89 3704 0044 0532 XXXX XX",
        "IBAN DE89 **** **** **** **30 00",
        "IBAN DE89 3704 0044 0532 **** **",
        "IBAN DE89XXXXXXXXXXXXXX3000",
        "IBAN DE89\N{HORIZONTAL ELLIPSIS}3000",
        "IBAN: GB29 NWBK 6016 1331 xxxx 19",
    ],
)
def test_a_masked_account_is_no_value(find, picture):
    assert find(picture)["iban"] is None


@pytest.mark.parametrize(
    "account", [OURS, "NL91 ABNA 0417 1643 00", "FR14 2004 1010 0505 0001 3M02 606", "BE68539007547034"]
)
def test_a_whole_account_beside_its_label_is_verified(find, account):
    field = find(f"IBAN: {account}")["iban"]
    assert (field.value, field.verified) == (account.replace(" ", ""), True)


@pytest.mark.parametrize(
    "sentence",
    [
        f"Der Betrag wird von Ihrem Konto IBAN {THEIRS} abgebucht.",
        f"Per SEPA-Lastschrift ziehen wir ein: IBAN {THEIRS}",
        f"We will debit your account IBAN {THEIRS} on 1 March.",
        f"Prélèvement sur le compte IBAN {THEIRS}",
        f"Addebito sul conto IBAN {THEIRS}",
    ],
)
def test_a_debited_account_is_not_the_one_to_pay_to(find, sentence):
    alone = find(sentence)["iban"]
    assert (alone.value, alone.verified) == (THEIRS.replace(" ", ""), False)
    both = find(f"{sentence}\n\n\n\nAcme GmbH\nBank Nord\nIBAN: {OURS}")["iban"]
    assert (both.value, both.verified) == (OURS.replace(" ", ""), False)


def test_an_account_is_verified_where_nothing_is_debited(find):
    assert find(f"Bitte überweisen Sie auf IBAN: {OURS}\nBIC COBADEFFXXX")["iban"].verified


def test_the_buyers_account_is_not_the_one_to_pay_to(find):
    head = "Verkäufer                                Käufer\nA GmbH                                   B AG\n"
    assert find(f"{head}IBAN: {OURS}        IBAN: {THEIRS}")["iban"].value == OURS.replace(" ", "")
