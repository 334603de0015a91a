"""Weights are data: a file that is misspelt, incomplete or of unknown origin is refused."""

import tomllib
from importlib import resources

import pytest

from invoicewatch.errors import ConfigError
from invoicewatch.extract.weights import identities, records
from invoicewatch.extract.weights.features import CurrencyFeature
from invoicewatch.extract.weights.load import load_weights, parse_weights
from invoicewatch.extract.weights.records import CurrencyWeights, DueWeights, Weights

FOLDER = resources.files("invoicewatch.extract.weights")
RECORDS = [each for room in (identities, records) for each in vars(room).values() if isinstance(each, type)]
QUESTIONS = {each.question: each for each in RECORDS if issubclass(each, Weights) and each is not Weights}
DUE = 'origin = "By judgement."\nlabelled = 0.9\nproved = 0.98\n'
CURRENCY = FOLDER.joinpath("currency.toml").read_text(encoding="utf-8")


def test_every_file_is_the_weights_of_a_question_and_every_question_has_a_file():
    files = {file.name.removesuffix(".toml") for file in FOLDER.iterdir() if file.name.endswith(".toml")}
    assert set(QUESTIONS) == files


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_file_loads_and_says_how_its_numbers_came_about(question):
    assert load_weights(QUESTIONS[question]).origin.strip()


def test_weights_are_read_once():
    assert load_weights(DueWeights) is load_weights(DueWeights)


def test_a_number_is_what_the_file_says():
    assert DueWeights(origin="By judgement.", labelled=0.9, proved=0.98) == parse_weights(DUE, "due", DueWeights)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (DUE.replace("labelled", "labeled"), "label"),
        (DUE + "extra = 1.0\n", "extra"),
        (DUE.replace("proved = 0.98\n", ""), "proved"),
        (DUE.replace('origin = "By judgement."\n', ""), "origin"),
        (DUE.replace("0.9\n", '"much"\n'), "labelled"),
        (DUE + "proved = \n", "line 4"),
    ],
    ids=["misspelt", "unknown", "missing", "of no origin", "no number", "no TOML"],
)
def test_a_file_that_is_not_what_its_record_describes_is_refused(text, named):
    with pytest.raises(ConfigError, match=named):
        parse_weights(text, "weights/amount_due.toml", DueWeights)


def test_a_feature_without_a_weight_is_refused_by_name():
    share = tomllib.loads(CURRENCY)["odds"]["share"]
    without = "\n".join(line for line in CURRENCY.splitlines() if not line.startswith(f"share = {share}"))
    with pytest.raises(ConfigError, match=r"odds\.share is missing"):
        parse_weights(without, "weights/currency.toml", CurrencyWeights)


def test_a_weight_of_no_feature_is_refused():
    with pytest.raises(ConfigError, match="sharing"):
        parse_weights(CURRENCY.replace("share = ", "sharing = "), "weights/currency.toml", CurrencyWeights)


def test_every_feature_of_a_loaded_table_has_a_number():
    assert set(CurrencyFeature) == set(load_weights(CurrencyWeights).odds)
