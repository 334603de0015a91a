"""Giving back what a mapped model no longer needs."""

from __future__ import annotations

import mmap
import os
from pathlib import Path

from invoicewatch.model.footprint import let_go_of_pages

_PAGES = 64


def _count_pages(file: Path) -> int:
    """How many pages of ``file`` this process has in memory through its mappings."""
    found, inside = 0, False
    for line in Path("/proc/self/smaps").read_text(encoding="utf-8").splitlines():
        key, *rest = line.split()
        if not key.endswith(":"):
            inside = line.endswith(str(file))
        elif inside and key == "Rss:":
            found += 1024 * int(rest[0]) // mmap.PAGESIZE
    return found


def test_pages_are_given_back_and_read_the_same_when_they_are_used_again(tmp_path: Path) -> None:
    file = tmp_path / "a model.gguf"
    content = os.urandom(_PAGES * mmap.PAGESIZE)
    file.write_bytes(content)
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        assert mapped[:] == content
        assert _count_pages(file) == _PAGES
        let_go_of_pages(file)
        assert _count_pages(file) == 0
        assert mapped[:] == content


def test_what_was_changed_in_memory_alone_stays(tmp_path: Path) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(bytes(mmap.PAGESIZE))
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_COPY) as mapped:
        mapped[0] = 7
        let_go_of_pages(file)
        assert mapped[0] == 7


def test_a_file_that_nobody_maps_is_no_matter(tmp_path: Path) -> None:
    let_go_of_pages(tmp_path / "none.gguf")
