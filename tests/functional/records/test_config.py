import json
import tomllib

from invoicewatch.config import load_config


def test_every_setting_says_where_it_comes_from(office):
    done = office.run("config", "--json", INVOICEWATCH_OCR__LANGUAGES="eng")
    settings = json.loads(done.out)["settings"]
    assert settings["ocr.languages"] == {"value": ["eng"], "origin": "INVOICEWATCH_OCR__LANGUAGES"}
    assert settings["paths.inboxes"]["origin"] == str(office.config)
    assert settings["intake.settle_s"]["origin"] == "default"


def test_what_it_prints_is_a_configuration_with_the_same_settings(office):
    copy = office.folder / "copy.toml"
    copy.write_text(office.run("config").out)
    tomllib.loads(copy.read_text())
    assert load_config(office.config, env={}).config == load_config(copy, env={}).config


def test_a_bad_setting_is_one_line_with_file_and_key(office):
    office.config.write_text("[ocr]\nlanguagse = 1\n")
    done = office.run("config")
    assert done.code == 2
    assert str(office.config) in done.err
    assert "languagse" in done.err
    assert done.err.count("\n") == 1
