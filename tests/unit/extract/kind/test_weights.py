"""Every kind of paper that labels name has its weight."""

import tomllib
from importlib import resources

from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import KindWeights


def test_every_kind_that_labels_name_has_a_factor():
    text = resources.files("invoicewatch.extract").joinpath("labels", "kinds.toml").read_text(encoding="utf-8")
    kinds = {name.removesuffix("_label") for name in tomllib.loads(text)}
    factors = load_weights(KindWeights).factor
    assert kinds == set(factors.__struct_fields__)
    assert all(factors.of(kind) > 0 for kind in kinds)
