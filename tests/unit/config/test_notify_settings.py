"""Files that [notify] names are found like all others, and addresses are not shown to others."""

from invoicewatch.answers.upkeep.settings import config_to_json
from invoicewatch.config import load_config


def test_files_are_relative_to_the_configuration_and_none_stays_none(tmp_path):
    file = tmp_path / "c.toml"
    file.write_text("[notify]\nwebhook_secret_file = 'secret'\n")
    notify = load_config(file, env={}).config.notify
    assert (str(tmp_path / "secret"), "") == (notify.webhook_secret_file, notify.prometheus_file)


def test_config_shows_no_address_that_may_hold_a_password(tmp_path):
    env = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    env |= {"INVOICEWATCH_NOTIFY__WEBHOOK": "https://example.org/token"}
    env |= {"INVOICEWATCH_NOTIFY__APPRISE": "mailtos://me:token@example.org,dbus://"}
    file = tmp_path / "c.toml"
    file.write_text("")
    shown = config_to_json(load_config(file, env=env))
    settings = shown["settings"]
    assert "https://..." == settings["notify.webhook"]["value"]
    assert ["mailtos://...", "dbus://..."] == settings["notify.apprise"]["value"]
    assert "token" not in str(shown)
