"""A configuration of an earlier version starts, and says what no longer counts; a decisive field must exist."""

import pytest

from invoicewatch.config import load_config
from invoicewatch.errors import ConfigError


def test_a_retired_key_is_passed_over_with_a_warning(tmp_path):
    file = tmp_path / "config.toml"
    file.write_text("[extract]\naccept_threshold = 0.9\nmax_age_years = 7\n", encoding="utf-8")
    loaded = load_config(file, env={})
    assert (7, 0.005) == (loaded.config.extract.max_age_years, loaded.config.extract.accepted_error)
    assert any("accept_threshold" in each and "accepted_error" in each for each in loaded.warnings)


def test_a_retired_variable_is_passed_over_with_a_warning(tmp_path):
    loaded = load_config(env={"INVOICEWATCH_EXTRACT__ACCEPT_THRESHOLD": "0.9", "HOME": str(tmp_path)})
    assert any(each.startswith("INVOICEWATCH_EXTRACT__ACCEPT_THRESHOLD") for each in loaded.warnings)


def test_no_warning_without_cause(tmp_path):
    assert () == load_config(env={"HOME": str(tmp_path)}).warnings


def test_a_decisive_field_that_does_not_exist_is_refused(tmp_path):
    file = tmp_path / "config.toml"
    file.write_text('[extract]\ndecisive = ["total", "seller"]\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"extract\.decisive: there is no field 'seller'.*seller_name"):
        load_config(file, env={})


@pytest.mark.parametrize("error", ["0", "0.06", "0.0005"])
def test_an_error_that_nothing_was_counted_for_is_refused(tmp_path, error):
    file = tmp_path / "config.toml"
    file.write_text(f"[extract]\naccepted_error = {error}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="accepted_error"):
        load_config(file, env={})
