"""Whoever changes something from outside the daemon is written down, whatever the mouth."""

import json

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.answers.records.forget import erase, plan_erasure
from invoicewatch.answers.records.set import enter, make_entries
from invoicewatch.answers.upkeep.backup import restore_backup, write_backup
from invoicewatch.answers.upkeep.check import compare_files
from invoicewatch.answers.upkeep.log import entry_to_json, read_log
from invoicewatch.answers.upkeep.memory import find_sellers, forget_habits
from invoicewatch.records.contract.machine import LogEntryJson
from invoicewatch.store.database.log import Wanted
from invoicewatch.store.upkeep.audit import Fault
from scripts.papers.shapes import find_breaches


def say(shelf, number, **typed):
    enter(shelf.state, number, make_entries(typed.items()), who="bo", when=shelf.now)


def read(shelf):
    return read_log(shelf.state, Wanted(), 100).entries


def is_sound(shelf):
    return Fault.LOG not in {finding.fault for finding in compare_files(shelf.state, shelf.archive).found}


def test_a_restore_goes_on_with_the_backup_s_log_and_names_the_head_that_was_there(shelf, tmp_path):
    number = shelf.save("a.pdf")
    say(shelf, number, total="1.00")
    write_backup(shelf.state, tmp_path / "copy.db")
    say(shelf, number, total="2.00")
    head = read(shelf)[0].hash
    restore_backup(shelf.state, tmp_path / "copy.db", shelf.doer)
    restored, first = read(shelf)
    assert ("restore", head, "anna", "1.00") == (restored.what, restored.subject, restored.who, first.after)
    assert is_sound(shelf)


def test_a_forgotten_seller_is_named_only_until_the_record_is_erased(shelf):
    number = shelf.save("a.pdf", seller_name=None)
    say(shelf, number, seller_name="Acme", currency="EUR")
    (seller,) = find_sellers(shelf.state)
    forget_habits(shelf.state, seller, shelf.doer)
    assert ("forget_seller", number, "Acme") == (read(shelf)[0].what, read(shelf)[0].invoice_id, read(shelf)[0].before)
    erase(shelf.state, plan_erasure(shelf.state, str(number)), shelf.doer)
    assert ["forget", "forget_seller", "set", "set"] == [entry.what for entry in read(shelf)]
    assert "Acme" not in str(read(shelf))
    assert is_sound(shelf)


def test_a_record_s_history_is_its_own_newest_first(shelf):
    first, second = shelf.save("a.pdf"), shelf.save("b.pdf")
    say(shelf, first, total="1.00")
    say(shelf, second, total="2.00")
    say(shelf, first, total="3.00")
    machine = read_invoice(shelf.state, str(first)).machine
    history = read_log(shelf.state, Wanted(sha256=machine.sha256, part=machine.part_number), 10).entries
    assert [("1.00", "3.00"), ("12.50", "1.00")] == [(entry.before, entry.after) for entry in history]


def test_a_page_says_whether_older_entries_follow_and_is_plain_json(shelf):
    number = shelf.save("a.pdf")
    say(shelf, number, total="1.00", currency="EUR")
    page = read_log(shelf.state, Wanted(who="bo"), 1)
    assert (1, True) == (len(page.entries), page.more)
    assert not read_log(shelf.state, Wanted(below=page.entries[0].number), 1).more
    values = json.loads(json.dumps(entry_to_json(page.entries[0])))
    assert not list(find_breaches(values, LogEntryJson))
