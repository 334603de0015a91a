"""The promise is said with its bound, and so is what was seen here since."""

import msgspec

from invoicewatch.answers.health.check import Verdict
from invoicewatch.answers.health.promise import Kept, check_promise, describe_looks, describe_promise, find_promise
from invoicewatch.config import Config
from invoicewatch.extract.weights.promise import Step
from invoicewatch.store.figures.looks import Looks


def test_a_bound_above_the_promise_is_said():
    assert "more than promised" in describe_promise(Kept(0.005, 1000, Step(0.97, 800, 3)))
    assert "more than promised" not in describe_promise(Kept(0.02, 1000, Step(0.97, 800, 3)))


def test_the_promise_names_its_documents_and_its_bound():
    text = describe_promise(Kept(0.005, 1000, Step(0.97, 800, 3)))
    assert all(figure in text for figure in ("0.50%", "1000", "800", "3 of them wrong", "1.09%"))


def test_nothing_promised_is_said():
    assert "only what is proved" in describe_promise(Kept(0.001, 100, Step(1.0, 0, 0)))


def test_what_is_shipped_rests_on_documents():
    assert find_promise(0.005).documents > 0


def test_looks_are_told():
    assert "none looked at" in describe_looks(Looks(5, 0, 0))
    assert "3 looked at since, 1 changed" in describe_looks(Looks(5, 3, 1))


def test_without_a_database_the_promise_alone_is_told(tmp_path):
    paths = msgspec.structs.replace(Config().paths, state=str(tmp_path / "none"))
    check = check_promise(msgspec.structs.replace(Config(), paths=paths))
    assert Verdict.OK is check.verdict
    assert "; here" not in check.detail
