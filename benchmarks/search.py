"""How fast a search answers from a thousand to a million invoices, beside grep and LIKE.

    python -m benchmarks.search --folder /tmp/search-bench --sizes 1000 10000 100000 1000000

Fills one database step by step with invented invoices (``search_corpus``), and at each size asks a fixed mix of
queries. The table gives processor time in the database (p50, p95, worst), then by the clock, the whole command with its
interpreter likewise (p95), and what grep and LIKE take for one word over the same texts. Processor time is what can be
compared where others use the machine too. A filled folder is used again.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.search_corpus import Corpus
from benchmarks.search_fill import fill_up
from benchmarks.search_mix import KINDS, make_queries
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.database.schema import database_path
from invoicewatch.store.search.find import Window, search
from invoicewatch.store.search.query_text import parse_query

TODAY = date(2026, 3, 5)
PER_KIND = 20
COMMANDS = 20


class Taken(NamedTuple):
    """Seconds by the clock, and seconds that processors worked."""

    wall_s: float
    cpu_s: float


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True, help="where the database goes: 4 GB for a million")
    parser.add_argument("--goods", type=int, default=10, help="lines of each invoice")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    arguments = parser.parse_args()
    corpus = Corpus()
    print("| invoices | p50 | p95 | worst | p95 wall | command | command wall | grep | LIKE | file | fill |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in sorted(arguments.sizes):
        each = fill_up(arguments.folder, corpus, size, arguments.goods)
        _measure(arguments.folder, corpus, size, each)


def _measure(folder: Path, corpus: Corpus, size: int, fill_each_ms: float) -> None:
    queries = make_queries(corpus, size, PER_KIND)
    by_kind = {kind: [_time_query(folder, text) for text in texts] for kind, texts in queries.items()}
    times = [each for kind in by_kind.values() for each in kind]
    cpu, wall = sorted(each.cpu_s for each in times), sorted(each.wall_s for each in times)
    commands = _time_commands(folder, [texts[0] for texts in queries.values()][:COMMANDS])
    word = queries["seller"][0]
    grep = ["grep", "-ciF", word, str(folder / "texts.tsv")]
    grep_s = _time(lambda: subprocess.run(grep, capture_output=True, check=False)).cpu_s
    like_s = _time(lambda: _ask_like(folder, word)).cpu_s
    megabytes = database_path(folder).stat().st_size / 1e6
    print(
        f"| {size:,} | {1000 * median(cpu):.1f} ms | {1000 * _p95(cpu):.1f} ms | {1000 * cpu[-1]:.0f} ms "
        f"| {1000 * _p95(wall):.0f} ms | {_p95(sorted(each.cpu_s for each in commands)):.2f} s "
        f"| {_p95(sorted(each.wall_s for each in commands)):.2f} s | {grep_s:.2f} s | {like_s:.2f} s "
        f"| {megabytes:,.0f} MB | {fill_each_ms:.2f} ms |",
        flush=True,
    )
    for kind, each in by_kind.items():
        used = sorted(1000 * one.cpu_s for one in each)
        print(f"  {KINDS[kind]:40} {median(used):6.1f} {_p95(used):6.1f}", file=sys.stderr)


def _time_query(folder: Path, text: str) -> Taken:
    """A new snapshot, the search, the matching lines."""
    with open_reader(folder) as reader:
        return _time(lambda: search(reader, parse_query(text, TODAY), Window()))


def _time_commands(folder: Path, texts: list[str]) -> list[Taken]:
    """The whole command for each query, interpreter included."""
    config = folder / "config.toml"
    config.write_text(f'[paths]\nstate = "{folder}"\n', encoding="utf-8")
    command = [sys.executable, "-m", "invoicewatch.cli.main", "--config", str(config), "search", "--"]
    return [_time(partial(subprocess.run, [*command, text], check=True, capture_output=True)) for text in texts]


def _ask_like(folder: Path, word: str) -> None:
    with open_reader(folder) as reader:
        reader.rows("SELECT count(*) FROM text WHERE raw LIKE ?", (f"%{word}%",))


def _time(call: Callable[[], object]) -> Taken:
    """Wall-clock and processor seconds of a call, those of the programs it runs included."""
    wall_s, cpu_s = time.perf_counter(), _processor_s()
    call()
    return Taken(time.perf_counter() - wall_s, _processor_s() - cpu_s)


def _processor_s() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _p95(times: list[float]) -> float:
    return times[min(len(times) - 1, int(0.95 * len(times)))]


if __name__ == "__main__":
    main()
