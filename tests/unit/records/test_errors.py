"""Errors cross process boundaries whole."""

import pickle

import pytest

from invoicewatch.errors import ConfigError, DependencyError, DocumentError, StoreError, TransientError


@pytest.mark.parametrize("kind", [ConfigError, DependencyError, DocumentError, StoreError, TransientError])
def test_an_error_survives_pickling(kind: type[DocumentError]) -> None:
    back = pickle.loads(pickle.dumps(kind("what", remedy="do this", code="why")))

    assert (kind, "what", "do this", "why") == (type(back), back.message, back.remedy, back.code)


def test_each_class_has_the_documented_exit_code() -> None:
    codes = [kind.exit_code for kind in (DocumentError, ConfigError, DependencyError, StoreError)]

    assert codes == [1, 2, 3, 4]
