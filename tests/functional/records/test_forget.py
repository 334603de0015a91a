def test_forget_erases_record_words_and_original(filled):
    original = filled.folder / "archive" / "acme.pdf"
    done = filled.run("forget", "1", "--yes")
    assert (done.code, done.out) == (0, "Forgotten: invoice 1 and 1 file.\n")
    assert not original.exists()
    assert filled.run("show", "1").code == 2
    assert filled.run("search", "acme").out == "nothing found\n"
    assert all(b"acme" not in file.read_bytes().lower() for file in filled.state.iterdir())


def test_without_a_yes_nothing_is_erased(filled):
    done = filled.run("forget", "1")
    assert done.code == 1
    assert "acme.pdf" in done.out
    assert filled.run("show", "1").code == 0


def test_a_file_with_other_bytes_is_left_alone(filled):
    original = filled.folder / "archive" / "acme.pdf"
    original.write_text("somebody put another file here")
    assert filled.run("forget", "1", "--yes").out == "Forgotten: invoice 1 and 0 files.\n"
    assert original.exists()


def test_the_file_can_be_kept(filled):
    filled.run("forget", "1", "--yes", "--keep-files")
    assert (filled.folder / "archive" / "acme.pdf").exists()
