from invoicewatch.answers.health.check import Verdict
from invoicewatch.answers.health.einvoices import check_einvoice_rules
from invoicewatch.config.settings import EInvoiceSettings
from invoicewatch.validation import checker


def test_nothing_is_said_where_nothing_is_to_be_checked():
    assert list(check_einvoice_rules(EInvoiceSettings())) == []


def test_what_checks_is_tried():
    (check,) = check_einvoice_rules(EInvoiceSettings(validate=True))
    assert (Verdict.OK, "checked: schema of UBL 2.1, rules of EN 16931") == (check.verdict, check.detail)


def test_rules_that_are_not_there_are_named(tmp_path):
    (check,) = check_einvoice_rules(EInvoiceSettings(validate=True, rules=(str(tmp_path / "none.xslt"),)))
    assert check.verdict is Verdict.BROKEN
    assert "none.xslt" in check.detail


def test_a_missing_package_is_a_warning(monkeypatch):
    monkeypatch.setattr(checker, "find_spec", lambda _: None)
    (check,) = check_einvoice_rules(EInvoiceSettings(validate=True))
    assert check.verdict is Verdict.WARNING
    assert "invoicewatch[validate]" in check.detail
