"""What a scan means for the ledger, for every state a file can be in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.intake.plan import make_plan
from invoicewatch.intake.scan import Scan, Sighting
from invoicewatch.records.ledger import FileEntry, FileState, Stamp

ROOT = b"/inbox"
STAMP = Stamp(1, 10, 100)
OTHER = Stamp(2, 20, 200)


def make_entry(state, *, path=b"/inbox/a.pdf", stamp=STAMP, sha256=""):
    return FileEntry(7, "/inbox", path, state, stamp, 0.0, 0.0, sha256=sha256)


def make_scan(*files, **kwargs):
    return Scan(ROOT, files=[Sighting(*file) for file in files], listed={ROOT}, **kwargs)


def test_a_file_without_a_row_is_new():
    plan = make_plan(make_scan((b"/inbox/a.pdf", STAMP)), [])
    assert plan.new == [(b"/inbox/a.pdf", STAMP, None)]


@pytest.mark.parametrize("state", FileState)
def test_a_file_that_is_as_the_row_says_needs_nothing(state):
    assert not make_plan(make_scan((b"/inbox/a.pdf", STAMP)), [make_entry(state, sha256="ab")])


@pytest.mark.parametrize("state", [FileState.SEEN, FileState.SETTLED, FileState.WAITING])
def test_a_change_before_anything_was_copied_begins_anew(state):
    entry = make_entry(state)
    plan = make_plan(make_scan((b"/inbox/a.pdf", OTHER)), [entry])
    assert plan.changed == [(entry, OTHER)]
    assert not plan.new


@pytest.mark.parametrize(
    "state", [each for each in FileState if each not in {FileState.SEEN, FileState.SETTLED, FileState.GONE}]
)
def test_a_change_after_that_is_a_new_version_and_the_old_one_goes_on(state):
    entry = make_entry(state, sha256="ab")
    plan = make_plan(make_scan((b"/inbox/a.pdf", OTHER)), [entry])
    assert plan.new == [(b"/inbox/a.pdf", OTHER, 7)]
    assert plan.detached == [entry]
    assert not plan.changed


def test_a_file_that_went_before_it_was_copied_is_gone():
    entry = make_entry(FileState.SETTLED)
    assert make_plan(make_scan(), [entry]).gone == [entry]


def test_a_file_that_went_after_that_goes_on_with_its_copy():
    entry = make_entry(FileState.WORKING, sha256="ab")
    assert make_plan(make_scan(), [entry]).detached == [entry]


def test_what_the_scan_did_not_cover_is_not_judged():
    entry = make_entry(FileState.SEEN, path=b"/inbox/sub/a.pdf")
    scan = make_scan(failed={b"/inbox/sub": OSError()})
    assert not make_plan(scan, [entry])
    assert not make_plan(make_scan(whole=False), [entry])
    assert not make_plan(make_scan(), [make_entry(FileState.SEEN, path=b"/set-aside/a.pdf")])


stamps = st.builds(Stamp, st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))
paths = st.sampled_from([b"/inbox/a", b"/inbox/b", b"/inbox/c", b"/inbox/s/d"])
states = st.sampled_from(sorted(FileState))


@given(st.dictionaries(paths, stamps), st.dictionaries(paths, st.tuples(states, stamps, st.booleans())))
def test_after_a_plan_every_file_has_one_owner_and_every_owner_its_file(files, rows):
    entries = [
        FileEntry(number, "/inbox", path, state, stamp, 0.0, 0.0, sha256="ab" * copied)
        for number, (path, (state, stamp, copied)) in enumerate(rows.items())
    ]
    plan = make_plan(make_scan(*files.items()), entries)
    owners = {entry.path: entry.stamp for entry in entries if entry not in plan.gone and entry not in plan.detached}
    owners |= {entry.path: stamp for entry, stamp in plan.changed}
    assert not set(owners) & {path for path, _, _ in plan.new}
    owners |= {path: stamp for path, stamp, _ in plan.new}
    assert files == owners
