"""What a line says: usual characters at every step, the others where none of the usual ones stands out."""

import numpy as np
import openvino
import pytest
from openvino import opset13 as operations

from invoicewatch.ocr.rapid.line_network import OnnxLines, OpenVinoLines

NAMED = ("a", "\u20ac", "\u2190", "\u4e00", "\u3042")  # a, euro; an arrow, a numeral, a kana
BLANK, A, EURO, ARROW, ONE, KANA, SPACE = range(7)


@pytest.fixture
def network(tmp_path):
    """A recogniser whose last layer is shown the picture itself: a column a step, a row a character."""
    shape = [-1, 3, len(NAMED) + 2, -1]
    picture = operations.parameter(shape, np.float32)
    plane = operations.gather(picture, np.array(0), np.array(1))
    rows = operations.transpose(plane, np.array([0, 2, 1]))
    layer = operations.add(operations.matmul(rows, np.eye(7, dtype=np.float32), False, False), np.zeros(7, np.float32))
    model = openvino.Model([operations.softmax(layer, 2).output(0)], [picture])
    model.set_rt_info("\n".join(NAMED), ["framework", "character"])
    openvino.save_model(model, tmp_path / "model.xml", compress_to_fp16=False)
    return OpenVinoLines.open(tmp_path / "model.xml")


def show(*steps):
    """A picture that shows, a step each, these characters by number with what the network puts out for them."""
    picture = np.zeros((1, 3, len(NAMED) + 2, len(steps)), np.float32)
    for place, step in enumerate(steps):
        for number, height in step.items():
            picture[0, :, number, place] = height
    return picture


def find_shares(steps):
    """By character, what it is at each step."""
    return {name: steps.probabilities[:, column].tolist() for column, name in enumerate(steps.characters)}


def test_a_usual_character_that_stands_out_is_not_held_against_the_others(network):
    steps = network.read(show({A: 25.0}, {EURO: 25.0}, {SPACE: 25.0}, {BLANK: 25.0}))
    assert ("blank", "a", "\u20ac", " ") == steps.characters
    assert [0.0, 0.0, 1.0, 0.0] == pytest.approx(steps.spaces, abs=1e-3)


def test_another_character_is_seen_where_no_usual_one_stands_out(network):
    shares = find_shares(network.read(show({A: 25.0}, {A: 4.0, ONE: 12.0}, {A: 9.0, KANA: 9.0})))
    assert {"blank", "a", "\u20ac", " ", "\u4e00", "\u3042"} == set(shares)
    assert [1.0, 0.0, 0.5] == pytest.approx(shares["a"], abs=1e-2)
    assert [0.0, 1.0, 0.0] == pytest.approx(shares["\u4e00"], abs=1e-2)
    assert [0.0, 0.0, 0.5] == pytest.approx(shares["\u3042"], abs=1e-2)


def test_more_steps_than_are_asked_for_at_a_time_are_all_seen(network):
    shares = find_shares(network.read(show(*[{ONE: 9.0}, {KANA: 9.0}] * 10)))
    assert [1.0, 0.0] * 10 == pytest.approx(shares["\u4e00"], abs=1e-2)


def test_what_each_step_shows_adds_up_to_one(network):
    chance = np.random.default_rng(1)
    steps = network.read(show(*[dict(enumerate(chance.uniform(0, 17, 7))) for _ in range(30)]))
    assert steps.probabilities.sum(axis=1) == pytest.approx(1.0, abs=0.03)


def test_another_back_end_leaves_out_what_stands_nowhere():
    class Session:
        def get_inputs(self):
            return [type("Input", (), {"name": "x"})]

        def get_modelmeta(self):
            return type("Meta", (), {"custom_metadata_map": {"character": "\n".join(NAMED)}})

        def run(self, _names, _inputs):
            return [np.array([[[0.9, 0.1, 0, 0, 0, 0, 0], [0.2, 0, 0, 0, 0.8, 0, 0]]], np.float32)]

    shares = find_shares(OnnxLines(Session()).read(np.zeros((1, 3, 7, 2), np.float32)))
    assert ["blank", "a", "\u20ac", " ", "\u4e00"] == list(shares)
    assert [0.0, 0.8] == pytest.approx(shares["\u4e00"])
