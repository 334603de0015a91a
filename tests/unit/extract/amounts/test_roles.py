"""Roles in code and roles in the tables of labels are the same."""

from invoicewatch.extract.amounts.roles import AmountRole
from invoicewatch.extract.dates.roles import DateRole
from invoicewatch.extract.labels.load import load_roles


def test_every_role_of_an_amount_has_labels_and_every_label_a_role():
    assert set(AmountRole) == set(load_roles()["amounts"])


def test_every_role_of_a_date_has_labels_and_every_label_a_role():
    assert set(DateRole) - {DateRole.NONE} == set(load_roles()["dates"])
