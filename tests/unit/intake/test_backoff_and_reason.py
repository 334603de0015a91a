"""Waits grow to a cap; a reason says what to do."""

import os
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.intake.backoff import look_delay_s, retry_delay_s
from invoicewatch.intake.reason import reason_path, remove_reason, write_reason


def test_retries_double_up_to_the_cap():
    assert [retry_delay_s(attempt, 10, 60) for attempt in range(1, 6)] == [10, 20, 40, 60, 60]


def test_looks_begin_soon_and_never_stop():
    assert [look_delay_s(checks, 5.0) for checks in range(6)] == [5, 10, 20, 40, 60, 60]
    assert look_delay_s(0, 0.1) == 1.0


@given(st.integers(1, 10_000), st.floats(0.01, 100), st.floats(100, 10_000))
def test_a_wait_is_never_longer_than_the_cap_and_never_shrinks(attempts, first_s, cap_s):
    assert 0 < retry_delay_s(attempts, first_s, cap_s) <= retry_delay_s(attempts + 1, first_s, cap_s) <= cap_s


def write(target, message="it is encrypted"):
    when = datetime(2025, 3, 4, tzinfo=UTC)
    original = os.fsdecode(b"/inbox/M\xfcller.pdf")
    write_reason(target, original=original, code="encrypted", message=message, remedy="Remove it.", when=when)


def test_a_reason_says_what_happened_and_what_to_do(tmp_path):
    target = os.fsencode(tmp_path) + b"/M\xfcller.pdf"
    write(target)
    text = (tmp_path / os.fsdecode(reason_path(target))).read_text()
    assert text.startswith("it is encrypted\n\nWhat to do: Remove it.")
    assert "retry --failed" in text
    assert "Reason:   encrypted" in text
    remove_reason(target)
    assert list(tmp_path.iterdir()) == []
    remove_reason(target)


def test_a_later_reason_replaces_an_earlier_one_and_names_of_any_length_have_one(tmp_path):
    target = os.fsencode(tmp_path) + b"/" + b"x" * 255
    write(target)
    write(target, "something else")
    (reason,) = tmp_path.iterdir()
    assert reason.read_text().startswith("something else")
