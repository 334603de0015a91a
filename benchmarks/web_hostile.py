"""Ten thousand requests that nobody means well by, at a page with one document and people who may only read it.

    .venv/bin/python -m benchmarks.web_hostile --count 10000 --seed 1

Paths, headers, bodies, tokens and cookies are made up at random, the same for the same seed. None may get in, change
anything, stop the page, be answered with a traceback or a status of 500 and above, or bring a word of the document into
the log; the first run that one does in ends with what it was.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from tests.hostile_office import HostileOffice


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    begun_s = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tally = HostileOffice(Path(folder)).withstand(options.seed, options.count)
    taken_s = time.monotonic() - begun_s
    print(f"{tally.count} hostile requests, seed {options.seed}: none got in, in {taken_s:.0f} s")
    print("| status | answers |\n| --- | --- |")
    for status, count in sorted(tally.statuses.items()):
        print(f"| {status or 'closed'} | {count} |")


if __name__ == "__main__":
    main()
