"""What one answer is worth: the next papers of the seller are known, and those that wait are judged again."""

import json

import pytest

from tests.functional.office import Office, stop
from tests.functional.papers import make_month

# So small an error is promised of proved documents alone: what only looks right waits for an answer.
SETTINGS = """
[workers]
count = 1
[correct]
mode = "off"
[intake]
settle_s = 0.2
[extract]
accepted_error = 0.001
"""
UNCLOSED = 24  # a seed whose paper names a total on which no sum closes


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path, SETTINGS)


def write(folder, months, **layout):
    """The papers of these months in a folder; their totals and days by record number, as they are read in order."""
    truths = []
    for month in months:
        content, *truth = make_month(UNCLOSED, month, **layout)
        (folder / f"{month}.pdf").write_bytes(content)
        truths.append(truth)
    return truths


def process(office, *files):
    done = office.run("process", "--json", *files)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def show(office, number):
    return json.loads(office.run("show", "--json", str(number)).stdout)


def answer(office, number, truth):
    total, day = truth
    done = office.run("set", str(number), f"total={total}", f"issue_date={day}", "status=accepted")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_third_paper_is_accepted_although_no_sum_closes_on_its_total(office, tmp_path):
    truths = write(tmp_path, range(3))
    for month in range(2):
        (record,) = process(office, tmp_path / f"{month}.pdf")
        assert not record["fields"]["total"]["verified"]
        answer(office, month + 1, truths[month])
    (third,) = process(office, tmp_path / "2.pdf")
    total = third["fields"]["total"]
    assert (third["status"], total["verified"], total["value"]) == ("accepted", True, truths[2][0])
    assert total["method"] == "where this seller prints it, 2 documents; text layer"


def test_an_answer_or_two_free_what_waits_without_reading_it_again(office, tmp_path):
    truths = write(tmp_path, range(5))
    records = process(office, *(tmp_path / f"{month}.pdf" for month in range(5)))
    assert {record["status"] for record in records} == {"needs_review"}
    for month in range(5):
        (tmp_path / f"{month}.pdf").unlink()  # nothing is read anew

    said = answer(office, 1, truths[0])
    assert "4 documents judged again: " in said
    answer(office, 2, truths[1])

    for number in (3, 4, 5):
        record = show(office, number)
        assert record["status"] == "accepted"
        assert record["fields"]["total"]["value"] == truths[number - 1][0]
        assert "judged again after an answer about the same seller" in record["notes"]


def test_what_a_person_entered_outlives_another_judgement(office, tmp_path):
    truths = write(tmp_path, range(3))
    for month in range(3):
        process(office, tmp_path / f"{month}.pdf")
    office.run("set", "3", "total=1.00")
    answer(office, 1, truths[0])
    answer(office, 2, truths[1])
    record = show(office, 3)
    assert (record["fields"]["total"]["value"], record["fields"]["total"]["source"]) == ("1.00", "human")


def test_a_layout_that_changed_goes_to_review_and_says_so(office, tmp_path):
    truths = write(tmp_path, range(2))
    for month in range(2):
        process(office, tmp_path / f"{month}.pdf")
        answer(office, month + 1, truths[month])
    write(tmp_path, [2], layout=5024)
    (changed,) = process(office, tmp_path / "2.pdf")
    assert changed["status"] == "needs_review"
    assert any("looks otherwise than on 2 documents before" in reason for reason in changed["reasons"])


def test_a_contrary_answer_takes_the_lesson_back(office, tmp_path):
    truths = write(tmp_path, range(4))
    for month in range(2):
        process(office, tmp_path / f"{month}.pdf")
        answer(office, month + 1, truths[month])
    process(office, tmp_path / "2.pdf")
    office.run("set", "3", "total=7.77")
    (fourth,) = process(office, tmp_path / "3.pdf")
    assert not fourth["fields"]["total"]["verified"]


def test_a_running_daemon_judges_again_in_the_background(office, tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    truths = write(folder, range(4))
    daemon = office.start()
    try:
        for month in range(4):
            (folder / f"{month}.pdf").rename(office.inbox / f"{month}.pdf")
            office.wait_for(lambda: len(office.run("list", "--json").stdout.splitlines()) > month)  # noqa: B023
        assert "documents of this seller will be judged again." in answer(office, 1, truths[0])
        answer(office, 2, truths[1])
        office.wait_for(lambda: {show(office, number)["status"] for number in (3, 4)} == {"accepted"})
        assert json.loads(office.run("status", "--json").stdout)["judging_again"] == 0
    finally:
        stop(daemon)


def test_what_is_known_of_a_paper_is_shown_and_forgotten(office, tmp_path):
    truths = write(tmp_path, range(1))
    process(office, tmp_path / "0.pdf")
    answer(office, 1, truths[0])
    (seller,) = [json.loads(line) for line in office.run("memory", "--json").stdout.splitlines()]
    (look,) = seller["looks"]
    assert look["documents"] == 1
    assert {"total", "issue_date"} <= set(look["fields"])
    assert "known by place" in office.run("memory").stdout
    assert office.run("memory", seller["name"], "--forget", "--yes").returncode == 0
    assert office.run("memory", "--json").stdout == ""


def test_an_erased_record_leaves_no_lesson(office, tmp_path):
    truths = write(tmp_path, range(1))
    process(office, tmp_path / "0.pdf")
    answer(office, 1, truths[0])
    assert office.run("forget", "1", "--yes").returncode == 0
    assert office.run("memory", "--json").stdout == ""
