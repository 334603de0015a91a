import fcntl

import numpy as np
import pytest
from PIL import Image

from invoicewatch.ocr.tesseract.memory_file import remove_leftovers, write_pgm


def test_the_image_lies_there_uncompressed_while_the_context_lasts(tmp_path):
    image = np.arange(12, dtype=np.uint8).reshape(3, 4)
    with write_pgm(image, tmp_path) as path:
        assert image.tolist() == np.asarray(Image.open(path)).tolist()
        assert path.stat().st_mode & 0o777 == 0o600
    assert not path.exists()


def test_the_file_goes_when_the_reader_fails(tmp_path):
    with pytest.raises(KeyError), write_pgm(np.zeros((1, 1), np.uint8), tmp_path):
        raise KeyError
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_writer_left_is_removed_and_nothing_else(tmp_path):
    (tmp_path / "invoicewatch-dead.pgm").touch()
    (tmp_path / "of-others.pgm").touch()
    with write_pgm(np.zeros((1, 1), np.uint8), tmp_path) as alive:
        assert remove_leftovers(tmp_path) == 1
        assert {alive.name, "of-others.pgm"} == {path.name for path in tmp_path.iterdir()}


def test_a_file_in_use_elsewhere_stays(tmp_path):
    path = tmp_path / "invoicewatch-busy.pgm"
    with path.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert remove_leftovers(tmp_path) == 0
    assert path.exists()
