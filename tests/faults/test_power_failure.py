"""A transaction that is not put on the disk at once is lost where the power fails: nothing may be missed by it."""

import shutil

from tests.faults.folders import Folders

MOVES = 4


def test_that_originals_were_filed_is_found_again_where_the_power_took_it(quick_folder, tmp_path):
    """The database as it was after the last move, beside the folders as they are once nobody needs the copies."""
    folders = Folders(quick_folder)
    for name, text in (("a", "fine a"), ("b", "fine b"), ("again", "fine a"), ("locked", "encrypted")):
        folders.drop(f"{name}.txt", text)
    daemon = folders.start(KILL_AT=f"moved:{MOVES}")
    try:
        daemon.wait(60)
    finally:
        daemon.kill()
    kept = [folders.state / name for name in ("invoicewatch.db", "invoicewatch.db-wal")]
    for file in kept:
        shutil.copy(file, tmp_path)
    folders.run_to_the_end()
    for file in folders.state.glob("invoicewatch.db*"):
        file.unlink()
    for file in kept:
        shutil.copy(tmp_path / file.name, file)
    assert folders.query("SELECT count(*) FROM file WHERE filed_s IS NULL") != [(0,)]
    folders.run_to_the_end()
    folders.check_sound()
