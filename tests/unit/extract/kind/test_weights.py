"""Every kind of paper that labels name has its weight."""

from invoicewatch.extract.labels.load import load_roles
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import TitleWeights


def test_every_kind_that_labels_name_has_a_factor():
    kinds = {name.removesuffix("_label") for name in load_roles()["kinds"]}
    factors = load_weights(TitleWeights).factor
    assert kinds == set(factors.__struct_fields__)
    assert all(factors.of(kind) > 0 for kind in kinds)
