"""The models are loaded by the first who needs them, apart, and once."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import numpy as np
import pytest

from invoicewatch.errors import DependencyError
from invoicewatch.ocr.rapid import models as rapid_models
from invoicewatch.ocr.rapid.ctc import Steps
from invoicewatch.ocr.rapid.line_images import list_padded_widths
from invoicewatch.ocr.rapid.models import LINE_HEIGHT, RapidModels


class FakeNetwork:
    """Sees nothing, be it a detector or a recogniser."""

    def __init__(self):
        self.shrunk = 0
        self.widths = []

    def run(self, batch):
        return np.zeros((1, 1, *batch.shape[2:]), np.float32)

    def read(self, batch):
        self.widths.append(batch.shape[3])
        return Steps(np.zeros((batch.shape[3] // 8, 2), np.float32), ("blank", " "))

    def shrink(self):
        self.shrunk += 1


@pytest.fixture
def opened(monkeypatch):
    names = []

    def open_network(file, *_):
        time.sleep(0.05)
        names.append(file.name)
        return FakeNetwork()

    for name in ("open_network", "open_line_network"):
        monkeypatch.setattr(rapid_models, name, open_network)
    return names


def test_a_line_is_read_without_the_detector(opened):
    models = RapidModels.find()
    assert [] == opened
    models.recognise(np.zeros((LINE_HEIGHT, 128), np.uint8))
    assert ["PP-OCRv6_rec_small.onnx"] == opened


def test_what_a_page_or_a_long_line_took_is_given_back(monkeypatch):
    network = FakeNetwork()
    for name in ("open_network", "open_line_network"):
        monkeypatch.setattr(rapid_models, name, lambda *_: network)
    models = RapidModels.find()
    for width in (128, 1536):
        models.recognise(np.zeros((LINE_HEIGHT, width), np.uint8))
    assert 0 == network.shrunk
    models.recognise(np.zeros((LINE_HEIGHT, 2048), np.uint8))
    assert 1 == network.shrunk
    models.detect(np.zeros((960, 480), np.uint8))
    assert 2 == network.shrunk


def test_shapes_are_compiled_ahead_until_a_line_is_read_in_earnest(monkeypatch):
    network = FakeNetwork()
    for name in ("open_network", "open_line_network"):
        monkeypatch.setattr(rapid_models, name, lambda *_: network)
    models = RapidModels.find()
    models.warm()
    assert list(list_padded_widths(1536)) == network.widths
    models.recognise(np.zeros((LINE_HEIGHT, 128), np.uint8))
    models.warm()
    assert [*list_padded_widths(1536), 128] == network.widths


def test_two_who_need_it_at_once_load_it_once(opened):
    models = RapidModels.find()
    line = np.zeros((LINE_HEIGHT, 128), np.uint8)
    threads = [threading.Thread(target=models.recognise, args=(line,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 == len(opened)


def test_a_wheel_without_its_models_is_missed_before_anything_is_read(monkeypatch, tmp_path):
    monkeypatch.setattr(rapid_models, "find_spec", lambda _name: type("Spec", (), {"origin": str(tmp_path / "x.py")}))
    with pytest.raises(DependencyError, match=r"PP-OCRv6_det_small\.onnx is missing"):
        RapidModels.find()


def test_whoever_reads_a_line_may_run_on_every_core_meanwhile():
    """Two workers that are held to the same core take turns, and the other core rests."""
    models, line = RapidModels.find(), np.full((LINE_HEIGHT, 1536), 127, np.uint8)
    models.recognise(line)
    reader = threading.Thread(target=lambda: [models.recognise(line) for _ in range(5)])
    reader.start()
    seen = set()
    while reader.is_alive():
        with suppress(ProcessLookupError):  # it may end between the two
            seen.add(frozenset(os.sched_getaffinity(reader.native_id or 0)))
    assert {frozenset(os.sched_getaffinity(0))} == seen


def test_lines_that_are_read_at_once_are_read_as_one_after_the_other():
    random = np.random.default_rng(1)
    lines = [random.integers(0, 255, (LINE_HEIGHT, width), np.uint8) for width in (128, 192, 2048, 256) * 2]
    one, several = RapidModels.find(), RapidModels.find(2)
    with ThreadPoolExecutor(4) as threads:
        read = list(threads.map(several.recognise, lines))
    for line, found in zip(lines, read, strict=True):
        assert np.array_equal(one.recognise(line).probabilities, found.probabilities)
