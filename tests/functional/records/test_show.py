import json


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
