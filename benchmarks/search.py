"""How fast a search answers from a thousand to a million invoices, beside grep and LIKE.

    python -m benchmarks.search --folder /tmp/search-bench --sizes 1000 10000 100000 1000000

Fills one database step by step with invented invoices (``search_corpus``), and at each size asks a fixed mix of
queries. The table gives milliseconds in the database (p50, p95, worst), seconds for the whole command with its
interpreter, and what grep and LIKE take for one word over the same texts. A filled folder is used again.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.search_corpus import Corpus
from benchmarks.search_fill import fill
from benchmarks.search_mix import KINDS, make_queries
from invoicewatch.store.database import open_database
from invoicewatch.store.query_text import parse_query
from invoicewatch.store.reader import open_reader
from invoicewatch.store.schema import database_path
from invoicewatch.store.search import Page, search

TODAY = date(2026, 3, 5)
PER_KIND = 20
COMMANDS = 20


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True, help="where the database goes: 4 GB for a million")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    arguments = parser.parse_args()
    corpus = Corpus()
    print("| invoices | p50 ms | p95 ms | worst ms | command p95 s | grep s | LIKE s | database MB | fill ms each |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in sorted(arguments.sizes):
        each = _fill_up(arguments.folder, corpus, size)
        _measure(arguments.folder, corpus, size, each)


def _fill_up(folder: Path, corpus: Corpus, size: int) -> float:
    """Bring the database to ``size`` papers; milliseconds for each that was added."""
    database = open_database(folder)
    with database.begin() as session:
        have = int(session.connection().exec_driver_sql("SELECT coalesce(max(id), 0) FROM invoice").scalar_one())
    started = time.perf_counter()
    fill(database, corpus, have + 1, size + 1, folder / "texts.tsv")
    taken = time.perf_counter() - started
    database.close()
    return 1000 * taken / max(1, size - have)


def _measure(folder: Path, corpus: Corpus, size: int, fill_each_ms: float) -> None:
    queries = make_queries(corpus, size, PER_KIND)
    by_kind = {kind: [_time_query(folder, text) for text in texts] for kind, texts in queries.items()}
    times = sorted(each for kind in by_kind.values() for each in kind)
    commands = _time_commands(folder, [texts[0] for texts in queries.values()][:COMMANDS])
    word = queries["seller"][0]
    grep = ["grep", "-ciF", word, str(folder / "texts.tsv")]
    grep_s = _time(lambda: subprocess.run(grep, capture_output=True, check=False))
    like_s = _time(lambda: _ask_like(folder, word))
    megabytes = database_path(folder).stat().st_size / 1e6
    print(
        f"| {size:,} | {median(times):.1f} | {_p95(times):.1f} | {times[-1]:.0f} | {_p95(commands):.2f} | {grep_s:.2f} "
        f"| {like_s:.2f} | {megabytes:,.0f} | {fill_each_ms:.2f} |"
    )
    print(
        "  " + ", ".join(f"{KINDS[kind]} {_p95(sorted(each)):.1f}" for kind, each in by_kind.items()), file=sys.stderr
    )


def _time_query(folder: Path, text: str) -> float:
    """Milliseconds in the database: a new snapshot, the search, the matching lines."""
    with open_reader(folder) as reader:
        started = time.perf_counter()
        search(reader, parse_query(text, TODAY), Page())
        return 1000 * (time.perf_counter() - started)


def _time_commands(folder: Path, texts: list[str]) -> list[float]:
    """Seconds of the whole command for each query, interpreter included."""
    config = folder / "config.toml"
    config.write_text(f'[paths]\nstate = "{folder}"\n', encoding="utf-8")
    command = [sys.executable, "-m", "invoicewatch.cli.main", "--config", str(config), "search", "--"]
    calls = [partial(subprocess.run, [*command, text], check=True, capture_output=True) for text in texts]
    return sorted(map(_time, calls))


def _ask_like(folder: Path, word: str) -> None:
    with open_reader(folder) as reader:
        reader.rows("SELECT count(*) FROM text WHERE raw LIKE ?", (f"%{word}%",))


def _time(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _p95(times: list[float]) -> float:
    return times[min(len(times) - 1, int(0.95 * len(times)))]


if __name__ == "__main__":
    main()
