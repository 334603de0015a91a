"""Files handed in: whole or not at all, under a name of their own, and never onto another."""

import errno
import os
import threading

import msgspec
import pytest

from invoicewatch.answers.runs import desk as desk_module
from invoicewatch.answers.runs.desk import Desk
from invoicewatch.config import Config
from invoicewatch.config.settings import IntakeSettings, PathSettings
from invoicewatch.errors import ConfigError, DocumentError, TransientError
from invoicewatch.intake.scan import make_ignore, scan_inbox

PDF = b"%PDF-1.7\n" + b"x" * 5000 + b"\n%%EOF\n"


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def make_desk(inbox, **intake):
    settings = IntakeSettings(**{"min_free_mb": 0} | intake)
    return Desk(msgspec.structs.replace(Config(), paths=PathSettings(inboxes=(str(inbox),)), intake=settings))


def listdir(folder):
    return [file.name for file in folder.iterdir()]


def hand_in(desk, name, content=PDF):
    file = desk.begin("", name)
    try:
        for start in range(0, len(content), 1000):
            file.write(content[start : start + 1000])
        return file.finish()
    finally:
        file.drop()


def test_a_file_appears_whole_under_its_name(inbox):
    desk = make_desk(inbox)
    file = desk.begin("", "scan.pdf")
    file.write(PDF)
    rules = make_ignore(IntakeSettings().ignore)
    assert [] == scan_inbox(os.fsencode(inbox), rules, frozenset()).files
    assert "scan.pdf" == file.finish()
    assert PDF == (inbox / "scan.pdf").read_bytes()
    assert ["scan.pdf"] == listdir(inbox)


def test_what_is_broken_off_leaves_nothing(inbox):
    file = make_desk(inbox).begin("", "scan.pdf")
    file.write(PDF)
    file.drop()
    assert [] == listdir(inbox)


def test_no_file_is_overwritten_however_many_come_at_once(inbox):
    desk = make_desk(inbox)
    (inbox / "scan.pdf").write_bytes(b"a scanner's")
    threads = [threading.Thread(target=hand_in, args=(desk, "scan.pdf", PDF + bytes([n]))) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert b"a scanner's" == (inbox / "scan.pdf").read_bytes()
    assert {f"scan ({n}).pdf" for n in range(2, 10)} | {"scan.pdf"} == set(listdir(inbox))
    assert 9 == len({file.read_bytes() for file in inbox.iterdir()})


def test_a_share_that_cannot_rename_without_replacing_takes_the_name_first(inbox, monkeypatch):
    monkeypatch.setattr(desk_module, "rename_at_once", lambda *_, **__: False)
    desk = make_desk(inbox)
    assert ["scan.pdf", "scan (2).pdf"] == [hand_in(desk, "scan.pdf"), hand_in(desk, "scan.pdf")]
    assert [PDF, PDF] == [file.read_bytes() for file in inbox.iterdir()]


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "empty"), (b"hello", "unsupported"), (b"PK\x03\x04" + b"x" * 9000, "unsupported")]
)
def test_what_cannot_be_read_is_refused_by_its_first_bytes(inbox, content, code):
    with pytest.raises(DocumentError) as caught:
        hand_in(make_desk(inbox), "scan.pdf", content)
    assert code == caught.value.code
    assert [] == listdir(inbox)


def test_a_file_that_is_too_long_is_refused_before_it_is_written(inbox):
    with pytest.raises(DocumentError) as caught:
        hand_in(make_desk(inbox, max_bytes=2500), "scan.pdf")
    assert "too_large" == caught.value.code
    assert [] == listdir(inbox)


def test_a_full_disk_is_told_and_leaves_nothing(inbox, monkeypatch):
    desk = make_desk(inbox)
    file = desk.begin("", "scan.pdf")

    def fail(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", fail)
        with pytest.raises(TransientError) as caught:
            file.write(PDF)
    assert "disk_full" == caught.value.code
    file.drop()
    assert [] == listdir(inbox)
    with pytest.raises(TransientError, match="full"):
        make_desk(inbox, min_free_mb=1 << 40).begin("", "scan.pdf")


def test_only_a_configured_inbox_is_written_to(inbox, tmp_path):
    with pytest.raises(ConfigError) as caught:
        make_desk(inbox).begin(str(tmp_path), "scan.pdf")
    assert "no_inbox" == caught.value.code


def test_an_inbox_that_would_take_up_half_a_file_gets_none(inbox):
    with pytest.raises(ConfigError, match="half a file"):
        make_desk(inbox, ignore=()).begin("", "scan.pdf")


def test_an_inbox_that_is_gone_is_told(inbox):
    desk = make_desk(inbox)
    inbox.rmdir()
    with pytest.raises(TransientError) as caught:
        desk.begin("", "scan.pdf")
    assert "inbox_away" == caught.value.code


def test_an_inbox_that_hangs_costs_its_patience_once(inbox, monkeypatch):
    desk = make_desk(inbox, answer_s=1.0)
    released = threading.Event()
    monkeypatch.setattr(Desk, "check_space", lambda *_: released.wait(30))
    for _ in range(2):
        with pytest.raises(TransientError, match="does not answer"):
            desk.begin("", "scan.pdf")
    released.set()


def test_parts_that_a_killed_program_left_are_swept_away(inbox):
    for name, age in ((".invoicewatch-old.part", 0), (".invoicewatch-new.part", None), (".other.part", 0)):
        (inbox / name).write_bytes(b"x")
        if age is not None:
            os.utime(inbox / name, (age, age))
    make_desk(inbox).begin("", "a.pdf").drop()
    assert {".invoicewatch-new.part", ".other.part"} == set(listdir(inbox))
