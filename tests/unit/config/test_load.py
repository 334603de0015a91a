"""Where settings come from, which wins, and how bad ones are refused."""

from pathlib import Path

import pytest

from invoicewatch.config import Config, load
from invoicewatch.config.load import load_config
from invoicewatch.errors import ConfigError


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An environment with a home of its own and no system-wide file."""
    monkeypatch.setattr(load, "SYSTEM_FILE", tmp_path / "etc" / "invoicewatch" / "config.toml")
    (tmp_path / "home").mkdir()
    return {"HOME": str(tmp_path / "home")}


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold_under_the_users_data_folder(home):
    loaded = load_config(env=home)
    data = Path(home["HOME"], ".local/share/invoicewatch")
    assert loaded.file is None
    assert loaded.config.intake == Config().intake
    assert loaded.config.paths.inboxes == (str(data / "inbox"),)
    assert loaded.config.paths.state == str(data / "state")
    assert loaded.config.model.path == str(data / "models" / "SmolLM2-135M-Instruct.Q4_1.gguf")
    assert loaded.origins["paths.state"] == "default"


def test_xdg_folders_are_honoured(home, tmp_path):
    env = home | {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    file = write(tmp_path / "config/invoicewatch/config.toml", "[log]\nlevel = 'debug'\n")
    assert load_config(env=env).file == file
    assert load_config(env=home).config.log.level == "info"
    assert load_config(env=home | {"XDG_DATA_HOME": str(tmp_path / "data")}).config.paths.archive == str(
        tmp_path / "data/invoicewatch/archive"
    )


def test_each_place_gives_way_to_the_one_before_it(home, tmp_path):
    """--config, INVOICEWATCH_CONFIG, the user's file, the machine's file."""
    system = write(load.SYSTEM_FILE, "[intake]\nsettle_s = 1\n")
    assert load_config(env=home).file == system
    user = write(Path(home["HOME"], ".config/invoicewatch/config.toml"), "[intake]\nsettle_s = 2\n")
    assert load_config(env=home).config.intake.settle_s == 2
    assert load_config(env=home).file == user
    named_by_env = write(tmp_path / "three.toml", "[intake]\nsettle_s = 3\n")
    env = home | {"INVOICEWATCH_CONFIG": str(named_by_env)}
    assert load_config(env=env).config.intake.settle_s == 3
    named = write(tmp_path / "four.toml", "[intake]\nsettle_s = 4\n")
    assert load_config(named, env=env).config.intake.settle_s == 4


def test_a_file_planted_in_the_current_directory_is_never_read(home, tmp_path, monkeypatch):
    write(tmp_path / "shared/config.toml", "[intake]\non_duplicate = 'delete'\n")
    write(tmp_path / "shared/invoicewatch/config.toml", "[intake]\non_duplicate = 'delete'\n")
    monkeypatch.chdir(tmp_path / "shared")
    loaded = load_config(env=home)
    assert loaded.file is None
    assert loaded.config.intake.on_duplicate == "move"


def test_a_named_file_that_is_not_there_is_an_error_not_a_fallback(home, tmp_path):
    with pytest.raises(ConfigError, match=r"no configuration file at .*gone\.toml"):
        load_config(tmp_path / "gone.toml", env=home)
    with pytest.raises(ConfigError, match=r"gone\.toml"):
        load_config(env=home | {"INVOICEWATCH_CONFIG": str(tmp_path / "gone.toml")})


def test_relative_paths_are_relative_to_the_file_and_not_to_the_current_directory(home, tmp_path):
    file = write(tmp_path / "office/config.toml", "[paths]\ninboxes = ['in', '/srv/scans']\nstate = '../state'\n")
    paths = load_config(file, env=home).config.paths
    assert paths.inboxes == (str(tmp_path / "office/in"), "/srv/scans")
    assert paths.state == str(tmp_path / "state")
    assert paths.archive == str(tmp_path / "office/archive")


def test_environment_variables_win_over_the_file_and_origins_say_so(home, tmp_path):
    file = write(tmp_path / "c.toml", "[ocr]\nlanguages = ['fra']\nengine = 'tesseract'\n")
    env = home | {"INVOICEWATCH_OCR__LANGUAGES": "eng, deu", "INVOICEWATCH_MODEL__GPU_LAYERS": "-1"}
    loaded = load_config(file, env=env)
    assert loaded.config.ocr.languages == ("eng", "deu")
    assert loaded.config.model.gpu_layers == -1
    assert loaded.origins["ocr.languages"] == "INVOICEWATCH_OCR__LANGUAGES"
    assert loaded.origins["ocr.engine"] == str(file)
    assert loaded.origins["ocr.second_opinion"] == "default"


def test_a_list_in_the_environment_may_be_written_as_toml_so_that_names_may_hold_commas(home):
    env = home | {"INVOICEWATCH_PATHS__INBOXES": '["/srv/a,b", "/srv/c"]'}
    assert load_config(env=env).config.paths.inboxes == ("/srv/a,b", "/srv/c")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[ocr]\nlangauges = ['eng']\n", ["ocr.langauges", "unknown key", "did you mean ocr.languages?"]),
        ("[orc]\n", ["orc", "unknown table", "did you mean ocr?"]),
        ("settle_s = 3\n", ["settle_s", "unknown table"]),
        ("[intake]\nsettle_s = -1\n", ["intake.settle_s", ">= 0"]),
        ("[intake]\nsettle_s = '5'\n", ["intake.settle_s", "float", "str"]),
        ("[intake]\nwatch = 'fanotify'\n", ["intake.watch", "fanotify"]),
        ("[ocr]\nlanguages = 'eng'\n", ["ocr.languages", "array"]),
        ("[ocr]\nlanguages = ['eng', 3]\n", ["ocr.languages[1]", "str"]),
        ("[paths]\ninboxes = []\n", ["paths.inboxes", "at least one"]),
        ("[ocr]\nlanguages = []\n", ["ocr.languages", "at least one"]),
        ("[workers]\ncount = 1.5\n", ["workers.count", "int"]),
        ("ocr = 3\n", ["ocr", "object"]),
        ("[ocr\n", ["not valid TOML", "line 1"]),
    ],
)
def test_a_bad_file_is_refused_with_file_key_and_reason(home, tmp_path, text, names):
    file = write(tmp_path / "bad.toml", text)
    with pytest.raises(ConfigError) as caught:
        load_config(file, env=home)
    assert [] == [part for part in [str(file), *names] if part not in caught.value.message]
    assert caught.value.exit_code == 2
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("variable", "value", "names"),
    [
        ("INVOICEWATCH_INTAKE__SETTLE_S", "soon", ["intake.settle_s", "float"]),
        ("INVOICEWATCH_INTAKE__SETTEL_S", "5", ["intake.settel_s", "did you mean intake.settle_s?"]),
        ("INVOICEWATCH_WORKERS__COUNT", "-2", ["workers.count", ">= 0"]),
        ("INVOICEWATCH_PATHS__INBOXES", "", ["paths.inboxes", "at least one"]),
        ("INVOICEWATCH_PATHS__INBOXES", "[1, 2]", ["paths.inboxes", "str"]),
    ],
)
def test_a_bad_variable_is_refused_with_its_name_key_and_reason(home, variable, value, names):
    with pytest.raises(ConfigError) as caught:
        load_config(env=home | {variable: value})
    assert [] == [part for part in [variable, *names] if part not in caught.value.message]


def test_a_file_that_is_closed_to_us_is_an_error_and_not_passed_over(home, monkeypatch):
    def refuse(_path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_file", refuse)
    with pytest.raises(ConfigError, match="Permission denied"):
        load_config(env=home)
