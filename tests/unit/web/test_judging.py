"""Records are judged again beside the page, by the daemon if one runs."""

import time

from invoicewatch.answers.review.progress import list_queued
from invoicewatch.store.database.writer import open_database
from invoicewatch.store.tables.looks import JudgeAgainRow
from invoicewatch.web.pages.review import judging
from tests.web_office import ARRIVED


def queue(office, number):
    database = open_database(office.state)
    with database.begin() as session:
        session.add(JudgeAgainRow(invoice_id=number, since=ARRIVED))
    database.close()


def test_what_is_queued_is_judged_in_a_process_of_its_own_and_nobody_waits(office):
    queue(office, office.save())
    begun = time.monotonic()
    judging.start_judging(office.config)
    assert list_queued(office.state), "it was waited for"
    while list_queued(office.state):
        assert time.monotonic() - begun < 60, "it was never judged"
        time.sleep(0.1)


def test_a_daemon_is_told_instead(office, monkeypatch):
    queue(office, office.save())
    woken = []

    def wake(state):
        woken.append(state)
        return True

    monkeypatch.setattr(judging, "wake_daemon", wake)
    monkeypatch.setattr(judging, "_judge_apart", None)
    judging.start_judging(office.config)
    assert [office.state] == woken


def test_nothing_begins_where_nothing_is_queued(office, monkeypatch):
    office.save()
    monkeypatch.setattr(judging, "wake_daemon", None)
    judging.start_judging(office.config)
