import json
import sqlite3


def check(office, *arguments):
    done = office.run("check", "--json", *arguments)
    return done.code, {line["path"].rsplit("/", 1)[-1]: line for line in map(json.loads, done.out.splitlines())}


def test_a_sound_store_is_in_order(filled):
    assert check(filled, "--content") == (0, {})
    assert filled.run("check").out == "Everything is in order.\n"


def test_missing_changed_and_orphaned_files_are_listed(filled):
    archive = filled.folder / "archive"
    (archive / "acme.pdf").unlink()
    (archive / "evil.pdf").write_text("something else")
    (archive / "stranger.pdf").write_text("who am I")
    code, found = check(filled, "--content")
    assert code == 1
    assert {name: line["fault"] for name, line in found.items()} == {
        "acme.pdf": "missing", "evil.pdf": "changed", "stranger.pdf": "orphaned",
    }  # fmt: skip
    assert found["acme.pdf"]["invoice"] == 1


def test_an_original_that_was_moved_is_followed_when_asked(filled):
    archive = filled.folder / "archive"
    (archive / "old").mkdir()
    (archive / "acme.pdf").rename(archive / "old" / "renamed.pdf")
    assert check(filled)[0] == 1
    code, found = check(filled, "--mend")
    assert (code, found["acme.pdf"]["mended"]) == (0, True)
    assert json.loads(filled.run("show", "--json", "1").out)["stored_path"] == str(archive / "old" / "renamed.pdf")
    assert check(filled) == (0, {})


def test_an_original_whose_name_is_no_text_is_found(office):
    """A name in another encoding: its bytes are kept, though no terminal shows them."""
    office.save("rechnung-m\udce4rz.pdf", "Acme", {})
    assert check(office, "--content") == (0, {})
    stored = json.loads(office.run("show", "--json", "1").out)["stored_path"]
    assert stored == str(office.folder / "archive" / "rechnung-m\\udce4rz.pdf")


def test_nothing_is_ever_deleted(filled):
    stranger = filled.folder / "archive" / "stranger.pdf"
    stranger.write_text("who am I")
    check(filled, "--content", "--mend", "--reindex")
    assert stranger.exists()


def test_a_lost_index_is_built_anew(filled):
    connection = sqlite3.connect(filled.state / "invoicewatch.db")
    connection.execute("INSERT INTO word_index(word_index) VALUES ('delete-all')")
    connection.commit()
    connection.close()
    assert filled.run("search", "acme").out == "nothing found\n"
    assert filled.run("check", "--reindex").code == 0
    assert "Acme" in filled.run("search", "acme").out
    assert "Acme" in filled.run("search", "cme").out
