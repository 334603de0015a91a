"""Fixtures of the fault tests."""

import tempfile
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")


@pytest.fixture
def quick_folder():
    """A folder in memory where there is such a thing: SIGKILL loses no page cache, so nothing is missed by it."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None, ignore_cleanup_errors=True) as folder:
        yield Path(folder)
