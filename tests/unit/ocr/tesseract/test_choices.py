from math import exp

import pytest

from invoicewatch.ocr.tesseract.choices import find_lattices, keep_choices, parse_choices

HOCR = """
<span class='ocrx_word' id='word_1_1' title='bbox 1 2 3 4; x_wconf 58'>&lt;2
 <span class='ocrx_cinfo' id='lstm_choices_1_1_1'>
  <span class='ocrx_cinfo' id='choice_1_1_1' title='x_confs 90.5'>&lt;</span>
  <span class='ocrx_cinfo' id='choice_1_1_2' title='x_confs 0'>L</span></span>
 <span class='ocrx_cinfo' id='lstm_choices_1_1_2'>
  <span class='ocrx_cinfo' id='choice_1_1_3' title='x_confs 80'>2</span>
  <span class='ocrx_cinfo' id='choice_1_1_4' title='x_confs 75'>7</span></span></span>
<span class='ocrx_word' id='word_1_2' title='bbox 5 2 6 4; x_wconf 90'>a</span>
"""


def test_choices_are_read_from_hocr():
    assert parse_choices(HOCR) == (((("<", 1.9),), (("2", 4.0), ("7", 5.0))), ())


def test_what_tesseract_settled_on_is_likelier_than_its_choices_say():
    (lattice,) = find_lattices(["<7"], 3, parse_choices(HOCR)[0], "tesseract")
    assert (lattice.first, lattice.last, lattice.engine) == (3, 4, "tesseract")
    shares = {path.text: exp(path.log_probability) for path in lattice.paths}
    assert shares == pytest.approx({"<7": 3 * exp(-0.2) / (1 + 3 * exp(-0.2)), "<2": 1 / (1 + 3 * exp(-0.2))})


def test_what_its_dictionary_put_in_place_of_all_choices_comes_first():
    (lattice,) = find_lattices(["be"], 0, [[("h", 1.0)], [("e", 1.0)]], "tesseract")
    assert [path.text for path in lattice.paths] == ["be", "he"]


def test_a_word_that_was_read_clearly_and_one_without_choices_have_none():
    assert find_lattices(["a"], 0, [[("a", 1.0), ("o", 30.0)]], "tesseract") == ()
    assert find_lattices(["a"], 0, (), "tesseract") == ()


def test_the_library_and_the_program_give_the_same():
    places = [[("<", 1.9), ("L", 21.0)], [("a", 23.0), ("b", 24.0)]]
    assert keep_choices(places) == ((("<", 1.9),), (("a", 20.0),))
    none_likely = HOCR.replace("x_confs 80", "x_confs 0").replace("x_confs 75", "x_confs 0")
    assert parse_choices(none_likely)[0] == ((("<", 1.9),), (("2", 20.0),))
