"""Large blocks are given back when they are freed, whatever was allocated after them."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys
from pathlib import Path
from invoicewatch.workers.heap import return_large_blocks
if sys.argv[1] == "given back":
    return_large_blocks()
def measure():
    rollup = Path("/proc/self/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Rss:")) // 1024
bytearray(24 << 20)  # freed at once: glibc now takes blocks of that size from its heap
before = measure()
pairs = [(bytearray(b"x") * (4 << 20), bytearray(b"y") * 2000) for _ in range(20)]
kept = [small for _, small in pairs]
del pairs
print(measure() - before)
"""


def measure_kept_mb(how):
    return int(subprocess.check_output([sys.executable, "-c", SCRIPT, how], text=True))


def test_what_lies_between_large_blocks_does_not_keep_them():
    assert measure_kept_mb("given back") < 20 < measure_kept_mb("as it comes")
