import fcntl
import os
import threading
import time

import pytest

from invoicewatch.daemon.lock import LOCK_NAME, find_owner, hold_lock
from invoicewatch.errors import StoreError


def test_whoever_only_asks_who_holds_the_lock_keeps_no_daemon_from_starting(tmp_path):
    """``status`` takes a shared lock for a moment to see whether it can."""
    (tmp_path / LOCK_NAME).touch()
    glance = os.open(tmp_path / LOCK_NAME, os.O_RDONLY)
    fcntl.flock(glance, fcntl.LOCK_SH)
    end = threading.Timer(0.1, os.close, [glance])
    end.start()
    with hold_lock(tmp_path):
        assert find_owner(tmp_path) == os.getpid()
    end.join()


def test_a_second_one_is_refused_with_the_name_of_the_first(tmp_path):
    begun_s = time.monotonic()
    with hold_lock(tmp_path), pytest.raises(StoreError, match=f"process {os.getpid()}"), hold_lock(tmp_path):
        pass
    assert time.monotonic() - begun_s < 5
    assert find_owner(tmp_path) is None
