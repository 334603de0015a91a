"""Several programs write to one database, and each merges the log again and again."""

import sqlite3
import subprocess
import sys

from invoicewatch.store.database.writer import open_database

WRITERS = 4
COMMITS = 150

# As `process`, `retry`, `set` and the daemon do, but with a merge after every other commit.
WRITE = """
import sys
from pathlib import Path
from invoicewatch.store.database import writer as database
from invoicewatch.store.tables.record import WordRow
database.COMMITS_BEFORE_MERGE = 2
name, state, commits = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
store = database.open_database(state)
for number in range(commits):
    with store.begin() as session:
        session.add(WordRow(term=f"{name} {number} " + "x" * 9000, sound=name))
    if number % 20 == 19:  # the next to come may be the first again, or the last to go
        store.close()
        store = database.open_database(state)
store.close()
"""


def test_writers_that_merge_at_every_turn_lose_nothing_and_damage_nothing(quick_folder):
    open_database(quick_folder).close()
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITE, f"writer {number}", quick_folder, str(COMMITS)])
        for number in range(WRITERS)
    ]
    assert [writer.wait(250) for writer in writers] == [0] * WRITERS
    connection = sqlite3.connect(quick_folder / "invoicewatch.db")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    kept = connection.execute("SELECT sound, count(*) FROM word GROUP BY 1 ORDER BY 1").fetchall()
    connection.close()
    assert kept == [(f"writer {number}", COMMITS) for number in range(WRITERS)]
