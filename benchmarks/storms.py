"""What `make test` runs a short sample of, for as long as one likes: kills, damaged files, hosts of a cluster failing.

    .venv/bin/python -m benchmarks.storms kills --seeds 10
    .venv/bin/python -m benchmarks.storms pages --seeds 50
    .venv/bin/python -m benchmarks.storms hosts          # as root: 200 receipts on three hosts, 40 faults

Each seed prints a line; the first that something goes wrong with ends the run with its traceback: give it to `--first`
again. What a seed does to files is the same every time; when a kill strikes is not, as it depends on the clock.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from tests.faults.cluster.hosts import harm_hosts
from tests.faults.kill_storm import run_storm
from tests.integration.page_damage import CODES, make_whole, read_damaged

SIZES = {"kills": 320, "pages": 60, "hosts": 40}  # kills, files of each kind, faults, a seed
MEMORY = Path("/dev/shm")


def main() -> None:
    options = _parse_arguments()
    size = options.size or SIZES[options.storm]
    for seed in range(options.first, options.first + options.seeds):
        begun_s = time.monotonic()
        # In memory where there is such a thing: SIGKILL loses no page cache, so nothing is missed by it.
        with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
            if options.storm == "kills":
                run_storm(Path(folder), seed, size)
            elif options.storm == "hosts":
                for name, counts in harm_hosts(Path(folder), seed, size).items():
                    print(f"{name}: {', '.join(f'{count} {what}' for what, count in sorted(counts.items()))}")
            else:
                damage_pages(Path(folder), seed, size)
        print(f"{options.storm} {size}, seed {seed}: sound after {time.monotonic() - begun_s:.0f} s", flush=True)


def damage_pages(folder: Path, seed: int, rounds: int) -> None:
    """One seed's files; each is read, or is refused with a code that is known."""
    strange = read_damaged(folder, make_whole(), seed, rounds) - CODES
    assert not strange, strange


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("storm", choices=SIZES)
    parser.add_argument("--seeds", type=int, default=1, help="how many")
    parser.add_argument("--first", type=int, default=1, help="the first of them")
    parser.add_argument("--size", type=int, help="kills, files of each kind, or faults, a seed (320, 60, 40)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
