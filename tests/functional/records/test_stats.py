import json
from datetime import date
from decimal import Decimal

import pytest


@pytest.fixture
def year(office):
    for number, (month, total, currency) in enumerate([(1, "10.00", "EUR"), (1, "20.00", "EUR"), (2, "5.50", "USD")]):
        fields = {"seller_name": f"Seller {number % 2}", "issue_date": date(2024, month, 5)}
        office.save(f"{number}.pdf", f"text {number}", {**fields, "total": Decimal(total), "currency": currency})
    return office


def lines(done):
    return [json.loads(line) for line in done.out.splitlines()]


def test_months_are_summed_by_currency(year):
    assert lines(year.run("stats", "--json")) == [
        {"month": "2024-01", "currency": "EUR", "invoices": 2, "with_total": 2, "total": "30.00"},
        {"month": "2024-02", "currency": "USD", "invoices": 1, "with_total": 1, "total": "5.50"},
    ]


def test_sellers_come_largest_first(year):
    found = lines(year.run("stats", "--json", "--by", "seller", "--currency", "EUR"))
    assert [(one["seller"], one["total"]) for one in found] == [("Seller 1", "20.00"), ("Seller 0", "10.00")]


def test_a_seller_can_be_singled_out(year):
    assert [one["invoices"] for one in lines(year.run("stats", "--json", "--by", "year", "--seller", "1"))] == [1]


def test_what_a_credit_note_gives_back_is_taken_off(year):
    for number, total in enumerate(["4.00", "-3.00"]):
        fields = {"document_type": "credit_note", "issue_date": date(2024, 1, 9), "currency": "EUR"}
        year.save(f"credit{number}.pdf", f"credit {number}", {**fields, "total": Decimal(total)})
    assert lines(year.run("stats", "--json"))[0]["total"] == "23.00"
    year.run("set", "4", "document_type=invoice")
    assert lines(year.run("stats", "--json"))[0]["total"] == "31.00"
    year.run("set", "4", "--undo", "document_type")
    assert lines(year.run("stats", "--json"))[0]["total"] == "23.00"


def test_the_chart_fits_the_terminal(year):
    for width in ("60", "80", "120"):
        out = year.run("stats", COLUMNS=width).out
        assert max(len(line) for line in out.splitlines()) <= int(width)
        assert "█" in out
        assert "30.00 EUR" in out


def test_monitoring_gets_counts_stages_and_the_state_of_the_daemon(filled):
    done = filled.run("stats", "--prometheus")
    assert done.code == 0, done.err
    lines = done.out.splitlines()
    for expected in (
        'invoicewatch_documents{status="accepted"} 2',
        'invoicewatch_documents{status="needs_review"} 1',
        'invoicewatch_stage_seconds{stage="total"} 1.5',
        "invoicewatch_daemon_up 0",
        'invoicewatch_model_state{state="unknown"} 1',
    ):
        assert expected in lines
    assert all(line.startswith(("# HELP ", "# TYPE ", "invoicewatch_")) for line in lines)
