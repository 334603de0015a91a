"""The papers that come with the program agree with the program."""

import re
import tomllib
from pathlib import Path

import msgspec
import pytest

from invoicewatch.cli.lazy import COMMANDS
from invoicewatch.config import Config, load_config

ROOT = Path(__file__).resolve().parents[2]
CONFIG_TOML = ROOT / "config.toml"
SETTINGS = [
    (table, field.encode_name)
    for table, settings in msgspec.structs.asdict(Config()).items()
    for field in msgspec.structs.fields(settings)
]


def test_config_toml_states_the_built_in_values():
    written = tomllib.loads(CONFIG_TOML.read_text(encoding="utf-8"))
    assert Config() == msgspec.convert(written, Config)


def test_config_toml_loads_as_a_configuration_file():
    loaded = load_config(CONFIG_TOML, env={})
    assert (str(ROOT / "inbox"),) == loaded.config.paths.inboxes
    assert {str(CONFIG_TOML)} == set(loaded.origins.values())


@pytest.mark.parametrize(("table", "key"), SETTINGS, ids=lambda part: part)
def test_config_toml_explains_every_setting(table, key):
    body = re.search(
        rf"^\[{table}\]\n(.*?)(?=^\[|\Z)", CONFIG_TOML.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert body, f"[{table}] is missing"
    assert re.search(rf"^# .*\n{key} = ", body[1], re.MULTILINE), f"no comment above {table}.{key}"


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_documents_every_command(command):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| `invoicewatch {command}\b", readme, re.MULTILINE), f"no row for {command} in its table"


@pytest.mark.parametrize("paper", ["README.md", "ARCHITECTURE.md", "models/README.md", "docs/plugins.md"])
def test_what_a_paper_points_at_exists(paper):
    text = (ROOT / paper).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    paths = re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.py|scripts/[a-z_-]+)`", text)
    bases = ((ROOT / paper).parent, ROOT, ROOT / "invoicewatch")
    assert [path for path in links + paths if not any((base / path).exists() for base in bases)] == []


def test_every_dependency_has_its_line_in_the_architecture():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [re.split(r"[>=<]", one)[0] for one in project["dependencies"]]
    table = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("## Dependencies")[2]
    assert [name for name in needed if not re.search(rf"\b{name}\b", table) and not name.startswith("fontpkg-")] == []
