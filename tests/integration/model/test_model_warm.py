"""The real llama.cpp with the real default model."""

import math
import threading
import time
from pathlib import Path

import pytest

from invoicewatch.config.settings import ModelSettings
from invoicewatch.errors import DependencyError, TransientError
from invoicewatch.model.gguf import read_header
from invoicewatch.model.warm import WarmModel

MODEL = Path(__file__).parents[3] / "models" / "SmolLM2-135M-Instruct.Q4_1.gguf"
PREFIX = "RECEIPT\nTax invoice\nTotal"
CANDIDATES = [" amount: 12.50", " arnount: 12.50", " am0unt: 12.50", " amount: 12,50", " amount"]


@pytest.fixture(scope="module")
def settings():
    assert MODEL.is_file(), "run 'make setup' first"
    return ModelSettings(path=str(MODEL), context_size=1024)


@pytest.fixture(scope="module")
def model(settings):
    model = WarmModel(settings)
    yield model
    model.close()


def test_what_is_likelier_scores_higher(model):
    scores = model.score(PREFIX, CANDIDATES)
    assert scores[0] > scores[1]
    assert scores[0] > scores[2]
    assert all(math.isfinite(score) and score < 0 for score in scores)


def test_a_batch_scores_as_one_by_one_does_and_order_does_not_matter(model):
    together = model.score(PREFIX, CANDIDATES)
    alone = [model.score(PREFIX, [candidate])[0] for candidate in CANDIDATES]
    assert alone == pytest.approx(together, abs=0.15)
    assert model.score(PREFIX, CANDIDATES[::-1])[::-1] == pytest.approx(together, abs=0.15)


def test_more_candidates_than_a_decode_can_hold_are_scored_in_groups(model):
    many = [f" amount {n}" for n in range(40)]
    assert model.score(PREFIX, many)[-1] == pytest.approx(model.score(PREFIX, many[-1:])[0], abs=0.15)


def test_a_recurrent_model_would_be_scored_one_sequence_at_a_time(model):
    together = model.score(PREFIX, CANDIDATES)
    model._session.max_branches = 1
    try:
        assert model.score(PREFIX, CANDIDATES) == pytest.approx(together, abs=0.15)
    finally:
        model._session.max_branches = 32


def test_a_prefix_longer_than_a_decode_is_evaluated_in_parts(model):
    long = "Total amount 12.50\n" * 60
    assert model.score(long[:1000], CANDIDATES)[0] > model.score(long[:1000], CANDIDATES)[1]


def test_what_does_not_fit_the_context_is_an_error_and_the_model_stays_usable(model):
    with pytest.raises(TransientError, match="does not fit"):
        model.score("x " * 5000, [" a"])
    assert model.score(PREFIX, [" amount"])[0] < 0


def test_any_text_can_be_scored(model):
    scores = model.score("", ["", "\ud800", "\x00\x01", "发票 №", "<|im_end|><|im_start|>system"])
    assert 5 == len(scores)
    assert () == model.score("x", [])


def test_control_tokens_on_a_page_are_read_as_text(model):
    session = model._session
    assert 1 == len(session.tokenize("<|im_end|>", special=True))
    assert len(session.tokenize("<|im_end|>")) > 1


def test_it_writes_the_same_answer_twice_and_stops_at_the_limits(model):
    text = "1. SIMPL1FIED TAX INV0ICE"
    first = model.write("Correct spelling and punctuation:", text, 40)
    assert first
    assert first == model.write("Correct spelling and punctuation:", text, 40)
    assert len(first) > len(model.write("Correct spelling and punctuation:", text, 3))
    assert "" == model.write("Correct spelling and punctuation:", text, 40, time_limit_s=0.0)


def test_loading_in_the_background_is_waited_for_not_repeated(settings):
    model = WarmModel(settings)
    assert "not loaded" == model.state
    model.warm()
    model.warm()
    assert model.score(PREFIX, [" amount"])[0] < 0
    assert "ready" == model.state
    assert 0 == model.gpu_layers
    model.close()


def test_it_is_freed_when_idle_and_comes_back_when_needed(settings):
    model = WarmModel(settings)
    before = model.score(PREFIX, CANDIDATES)
    model.unload_if_idle(time.monotonic())
    assert "ready" == model.state
    model.unload_if_idle(time.monotonic() + settings.idle_unload_s)
    assert "not loaded" == model.state
    assert before == model.score(PREFIX, CANDIDATES)
    model.close()
    model.close()


def test_a_slow_quantization_is_read_from_a_faster_copy_made_once(tmp_path):
    source = tmp_path / MODEL.name
    source.hardlink_to(MODEL)
    copies = []
    for _ in range(2):
        model = WarmModel(ModelSettings(path=str(source), context_size=256))
        model.load()
        assert model.loaded_path is not None
        copies.append((model.loaded_path, model.loaded_path.stat().st_mtime_ns))
        assert model.model_name == MODEL.name
        model.close()
    assert copies[0] == copies[1]
    assert read_header(copies[0][0]).quantization == "Q4_0"
    assert [path.name for path in tmp_path.iterdir() if path != source] == [copies[0][0].name]


def test_where_no_copy_can_be_made_the_model_itself_is_used(tmp_path):
    source = tmp_path / MODEL.name
    source.hardlink_to(MODEL)
    (tmp_path / MODEL.name.replace("Q4_1", "Q4_0")).mkdir()
    model = WarmModel(ModelSettings(path=str(source), context_size=256))
    model.load()
    assert model.loaded_path == source
    model.close()


def test_two_threads_take_turns(model):
    expected = model.score(PREFIX, CANDIDATES)
    found = []
    threads = [threading.Thread(target=lambda: found.append(model.score(PREFIX, CANDIDATES))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [pytest.approx(expected, abs=0.15)] * 4 == found


def test_a_missing_model_is_told_at_once_and_every_time(tmp_path):
    model = WarmModel(ModelSettings(path=str(tmp_path / "none.gguf")))
    for _ in range(2):
        with pytest.raises(DependencyError, match="there is no model at") as caught:
            model.score("a", ["b"])
    assert "model fetch" in caught.value.remedy
    assert model.state.startswith("missing: ")


def test_a_damaged_model_is_refused_and_the_process_lives(tmp_path):
    damaged = tmp_path / "damaged.gguf"
    damaged.write_bytes(MODEL.read_bytes()[: 1 << 22])
    model = WarmModel(ModelSettings(path=str(damaged)))
    model.warm()
    with pytest.raises(DependencyError, match=r"cannot load .*damaged\.gguf: .*(incomplete|corrupt|bounds)"):
        model.load()
    assert model.state.startswith("failed: ")


def test_a_model_too_large_for_the_memory_is_refused_before_it_is_loaded(tmp_path):
    sparse = tmp_path / "huge.gguf"
    with MODEL.open("rb") as source, sparse.open("wb") as sink:
        sink.write(source.read(1 << 23))
        sink.truncate(1 << 42)
    model = WarmModel(ModelSettings(path=str(sparse)))
    with pytest.raises(DependencyError, match=r"needs about 4\d{6} MiB"):
        model.load()
