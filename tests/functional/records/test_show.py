import json
from decimal import Decimal

from invoicewatch.store.database.writer import open_database
from invoicewatch.store.tables.memory import NearDuplicateRow


def link_near_duplicates(state, sha256, other_sha256):
    database = open_database(state)
    with database.begin() as session:
        session.add(NearDuplicateRow(sha256=sha256, other_sha256=other_sha256))
    database.close()


def test_fields_come_with_confidence_evidence_and_alternatives(filled):
    done = filled.run("show", "1")
    assert done.code == 0
    for expected in ("1250.00", "97% ✓", "label beside it", "page 1 at 20% across, 22% down", "or 2024-05-03 (40%)"):
        assert expected in done.out


def test_raw_and_corrected_text_stand_side_by_side(filled):
    (line,) = [line for line in filled.run("show", "1").out.splitlines() if "Inv0ice" in line]
    assert line.split() == ["Inv0ice", "INV-2024/0012", "Invoice", "INV-2024/0012"]


def test_the_edits_are_coloured(filled):
    out = filled.run("show", "1", NO_COLOR="", FORCE_COLOR="1", TERM="xterm-256color").out
    assert "\x1b[9;31mInv0ice" in out
    assert "\x1b[32mInvoice" in out


def test_no_text_leaves_the_text_out(filled):
    assert "Inv0ice" not in filled.run("show", "1", "--no-text").out


def test_what_needs_an_eye_is_said(filled):
    assert "no issue date was found" in filled.run("show", "2").out


def test_other_scans_of_the_invoice_are_named_on_both_records(office):
    fields = {"seller_name": "Acme Ltd", "invoice_number": "INV-77", "total": Decimal("12.00")}
    numbers = [office.save(name, "Acme Ltd", fields) for name in ("first.pdf", "second.pdf", "third.pdf")]
    shas = [json.loads(office.run("show", "--json", str(number)).out)["sha256"] for number in numbers]
    link_near_duplicates(office.state, shas[1], shas[0])
    for number, others in zip(numbers, ([numbers[1]], [numbers[0]], []), strict=True):
        assert others == json.loads(office.run("show", "--json", str(number)).out)["near_duplicates"]
    assert f"Same as  #{numbers[1]}" in office.run("show", str(numbers[0])).out
    assert "Same as" not in office.run("show", str(numbers[2])).out


def test_json_is_the_schema_of_process_and_more(filled):
    shown = json.loads(filled.run("show", "--json", "1").out)
    assert shown["schema"] == 1
    assert shown["fields"]["total"]["value"] == "1250.00"
    assert shown["fields"]["issue_date"]["alternatives"][0]["value"] == "2024-05-03"
    assert shown["edits"][0]["before"] == "Inv0ice"
    assert (shown["id"], shown["run"]) == (1, 1)


def test_a_hash_is_as_good_as_a_number(filled):
    sha256 = json.loads(filled.run("show", "--json", "1").out)["sha256"]
    assert json.loads(filled.run("show", "--json", sha256[:10]).out)["id"] == 1


def test_an_unknown_id_says_where_to_look(filled):
    done = filled.run("show", "99")
    assert done.code == 2
    assert "no invoice '99'" in done.err
