from invoicewatch.answers.health.check import Check, Verdict, check_to_json
from invoicewatch.answers.health.database import check_database


def test_a_database_is_counted(shelf):
    shelf.save("a.pdf")
    check = check_database(shelf.state)
    assert (Verdict.OK, True) == (check.verdict, "sound, 1 documents" in check.detail)


def test_none_is_well_and_another_file_in_its_place_is_not(tmp_path):
    assert Verdict.OK is check_database(tmp_path).verdict
    (tmp_path / "invoicewatch.db").write_bytes(b"something else" * 500)
    check = check_database(tmp_path)
    assert (Verdict.BROKEN, 4, True) == (check.verdict, check.exit_code, bool(check.remedy))


def test_a_check_is_plain_json():
    expected = {"name": "disk", "verdict": "warning", "detail": "1 GB", "remedy": "Free some."}
    assert expected == check_to_json(Check("disk", Verdict.WARNING, "1 GB", "Free some."))
