"""A score is features times weights."""

from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.extract.weights.features import CurrencyFeature
from invoicewatch.extract.weights.score import weigh_features

NUMBERS = st.floats(min_value=-10, max_value=10)
VECTORS = st.fixed_dictionaries(dict.fromkeys(CurrencyFeature, NUMBERS))


def test_what_is_not_named_counts_nothing():
    weights = dict.fromkeys(CurrencyFeature, 2.0)
    assert 5.0 == weigh_features(weights, {CurrencyFeature.SHARE: 0.5, CurrencyFeature.SEEN: 2.0})


@given(weights=VECTORS, features=VECTORS)
def test_the_order_of_the_weights_changes_nothing(weights, features):
    backwards = dict(reversed(weights.items()))
    assert weigh_features(weights, features) == weigh_features(backwards, features)
