"""Roles in code and roles in the tables of labels are the same."""

import tomllib
from importlib import resources

from invoicewatch.extract.amounts.roles import AmountRole
from invoicewatch.extract.dates.roles import DateRole


def list_tables(name):
    text = resources.files("invoicewatch.extract").joinpath("labels", f"{name}.toml").read_text(encoding="utf-8")
    return set(tomllib.loads(text))


def test_every_role_of_an_amount_has_labels_and_every_label_a_role():
    assert set(AmountRole) == list_tables("amounts")


def test_every_role_of_a_date_has_labels_and_every_label_a_role():
    assert set(DateRole) - {DateRole.NONE} == list_tables("dates")
