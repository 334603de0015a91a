"""Hundreds of uploads that mean harm, against the page: none gets in that may not, none stops it, none is quoted.

    .venv/bin/python -m benchmarks.web_uploads --count 300 --seed 1

Prints how often each kind was answered in which way; the first that does harm ends the run.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from tests.functional.web.hostile_uploads import attack


def main() -> None:
    options = _parse_arguments()
    begun_s = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        outcome = attack(Path(folder), options.seed, options.count)
    for kind, statuses in sorted(outcome.statuses.items()):
        print(f"{kind:10} {', '.join(map(str, sorted(statuses)))}")
    taken_s = time.monotonic() - begun_s
    print(f"{outcome.count} uploads, {outcome.entered} files came in that may; {taken_s:.0f} s")


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=300, help="how many")
    parser.add_argument("--seed", type=int, default=1, help="another one makes others")
    return parser.parse_args()


if __name__ == "__main__":
    main()
