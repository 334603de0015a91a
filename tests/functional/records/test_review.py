import json
import subprocess
import sys


def review(office, keys, *arguments):
    command = [sys.executable, "-m", "invoicewatch.cli.main", "--config", str(office.config), "review", *arguments]
    done = subprocess.run(command, input=keys, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def shown(office, number):
    return json.loads(office.run("show", "--json", number).out)


def test_a_review_asks_for_what_is_missing_and_accepts_the_document(filled):
    out = review(filled, "e\n2024-05-17\n")
    assert "no issue date was found" in out
    assert "1 reviewed." in out
    record = shown(filled, "2")
    assert record["fields"]["issue_date"]["value"] == "2024-05-17"
    assert record["fields"]["issue_date"]["source"] == "human"
    assert record["status"] == "accepted"
    assert review(filled, "") == "Nothing changed.\n"


def test_a_typed_value_is_asked_for_until_it_is_one(filled):
    out = review(filled, "e\n05/06/2024\n17.5.2024\n")
    assert "could be read in two ways" in out
    assert shown(filled, "2")["fields"]["issue_date"]["value"] == "2024-05-17"


def test_a_date_may_be_typed_as_documents_write_it_if_it_means_one_day(filled):
    review(filled, "e\n17/05/2024\n")
    assert shown(filled, "2")["fields"]["issue_date"]["value"] == "2024-05-17"


def test_quitting_and_skipping_change_nothing(filled):
    assert review(filled, "q\n").endswith("Nothing changed.\n")
    assert review(filled, "s\n").endswith("Nothing changed.\n")
    assert shown(filled, "2")["status"] == "needs_review"


def test_there_is_none_is_an_answer(filled):
    review(filled, "n\n")
    record = shown(filled, "2")
    assert record["fields"]["issue_date"] is None
    assert record["status"] == "accepted"


def test_one_record_can_be_named(filled):
    assert "invoice 3" in review(filled, "q\n", "3")
