"""The process that checks: kept warm, and whatever becomes of it costs no more than the verdict."""

import os
import signal
from contextlib import closing

import pytest

from invoicewatch.config.settings import EInvoiceSettings
from invoicewatch.extract.einvoice.xml import parse_xml
from invoicewatch.records import Validity
from invoicewatch.validation import checker as checking
from invoicewatch.validation.checker import Checker
from tests.integration.validation.invoices import UBL

OWN = """<xsl:stylesheet version="2.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
 xmlns:svrl="http://purl.oclc.org/dsdl/svrl"><xsl:template match="/"><svrl:schematron-output>
 <svrl:failed-assert id="HOUSE-1" location="/*:Invoice[1]"><svrl:text>We want a project number.</svrl:text>
 </svrl:failed-assert><svrl:failed-assert id="HOUSE-2" role="warning"><svrl:text>We would like a number.</svrl:text>
 </svrl:failed-assert></svrl:schematron-output></xsl:template></xsl:stylesheet>"""
FETCH = "<svrl:schematron-output><xsl:value-of select=\"doc('http://127.0.0.1:9/x')\"/>"
REMOTE = OWN.replace("<svrl:schematron-output>", FETCH)
INVOICE = parse_xml(UBL.encode(), 10**7)


def judge(checker):
    verdict = checker.check(INVOICE)
    assert verdict is not None
    return verdict


def check_with(tmp_path, stylesheet):
    path = tmp_path / "rules.xslt"
    path.write_text(stylesheet, encoding="utf-8")
    with closing(Checker(EInvoiceSettings(rules=(str(path),)))) as checker:
        return judge(checker)


def test_rules_named_by_their_path_are_checked_too(tmp_path):
    verdict = check_with(tmp_path, OWN)
    assert [("HOUSE-1", "We want a project number.", "/*:Invoice[1]")] == [
        (rule.id, rule.words, rule.xpath) for rule in verdict.broken
    ]


@pytest.mark.parametrize("stylesheet", ["no rules at all", REMOTE], ids=["broken", "network"])
def test_rules_that_do_not_work_leave_the_invoice_unjudged(tmp_path, stylesheet):
    verdict = check_with(tmp_path, stylesheet)
    assert verdict.validity is Validity.NOT_CHECKED
    assert verdict.detail


def test_a_figure_that_the_schema_refuses_is_told_though_the_rules_give_up_at_it(capfd):
    odd = parse_xml(UBL.replace(">300.00</cbc:PayableAmount>", ">NaN</cbc:PayableAmount>").encode(), 10**7)
    with closing(Checker(EInvoiceSettings())) as checker:
        verdict = checker.check(odd)
    assert verdict is not None
    assert verdict.validity is Validity.INVALID
    assert {rule.id for rule in verdict.broken} == {"XSD"}
    assert capfd.readouterr() == ("", "")


def test_a_process_that_dies_costs_one_verdict():
    with closing(Checker(EInvoiceSettings())) as checker:
        assert judge(checker).validity is Validity.VALID
        assert checker._process is not None
        os.kill(checker._process.pid, signal.SIGKILL)
        died = judge(checker)
        assert (Validity.NOT_CHECKED, "the process that checks died") == (died.validity, died.detail)
        assert judge(checker).validity is Validity.VALID


def test_a_process_that_takes_too_long_is_ended():
    with closing(Checker(EInvoiceSettings(), time_limit_s=0.0)) as checker:
        verdict = judge(checker)
        assert (Validity.NOT_CHECKED, "no verdict within 0 s") == (verdict.validity, verdict.detail)
        assert checker._process is None


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(checking, "find_spec", lambda _: None)
    with closing(Checker(EInvoiceSettings())) as checker:
        verdict = judge(checker)
    assert (Validity.NOT_CHECKED, True) == (verdict.validity, "invoicewatch[validate]" in verdict.detail)
