import threading
import time

import pytest

from invoicewatch.daemon.arrivals.asking import Askers, NoAnswerError


@pytest.fixture
def woken():
    return threading.Event()


@pytest.fixture
def askers(woken):
    askers = Askers(["/share", "/local"], 0.05, lambda: None, woken.set)
    yield askers
    askers.close()


def test_an_answer_and_an_error_come_from_the_inboxs_own_thread(askers):
    assert askers.ask("/share", lambda _: threading.current_thread().name) == "inbox /share"
    with pytest.raises(ZeroDivisionError):
        askers.ask("/share", lambda _: 1 // 0)
    assert askers.ask("/share", lambda _: 2) == 2


def test_what_lies_in_no_inbox_is_asked_here(askers):
    assert askers.ask("", lambda _: threading.current_thread()) is threading.current_thread()


def test_an_inbox_that_hangs_is_asked_once_and_the_others_answer(askers, woken):
    answer = threading.Event()
    with pytest.raises(NoAnswerError, match="does not answer since"):
        askers.ask("/share", lambda _: answer.wait())
    with pytest.raises(NoAnswerError):
        askers.ask("/share", lambda _: pytest.fail("asked while it hangs"))
    assert askers.ask("/local", lambda _: "here") == "here"
    assert not askers.has_come_back("/share")
    answer.set()
    assert woken.wait(10)
    assert askers.has_come_back("/share")
    assert askers.ask("/share", lambda _: "back") == "back"
    assert not askers.has_come_back("/share")


def test_what_gets_on_may_take_long(askers):
    def copy(alive):
        for _ in range(10):
            time.sleep(0.02)
            alive()
        return "done"

    assert askers.ask("/share", copy) == "done"


def test_that_it_waits_is_told_again_and_again(woken):
    told = []
    askers = Askers(["/share"], 0.02, lambda: told.append(1), woken.set)
    with pytest.raises(NoAnswerError):
        askers.ask("/share", lambda _: time.sleep(0.3))
    assert told
    askers.close()
