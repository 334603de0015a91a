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
PAPERS = sorted(
    str(paper.relative_to(ROOT))
    for folder in ("*.md", "models/*.md", "docs/**/*.md")
    for paper in ROOT.glob(folder)
    if paper.name != "CHANGELOG.md"
)
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


@pytest.mark.parametrize("paper", PAPERS)
def test_what_a_paper_points_at_exists(paper):
    text = (ROOT / paper).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    paths = re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.py|(?:[a-z_]+/){2,}|scripts/[a-z_-]+)`", text)
    bases = ((ROOT / paper).parent, ROOT, ROOT / "invoicewatch")
    assert [path for path in links + paths if not any((base / path).exists() for base in bases)] == []


def test_every_dependency_has_its_line_in_the_architecture():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [re.split(r"[>=<]", one)[0] for one in project["dependencies"]]
    table = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("## Dependencies")[2]
    assert [name for name in needed if not re.search(rf"\b{name}\b", table) and not name.startswith("fontpkg-")] == []


def test_every_decision_is_in_the_index():
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    pages = {page.name for page in folder.glob("*.md")} - {"README.md"}
    assert pages == set(re.findall(r"\]\(([a-z-]+\.md)\)", index))


@pytest.mark.parametrize("part", ["Decided", "Because", "Tried or weighed, and left", "Reconsider when"])
def test_every_decision_has_its_parts(part):
    pages = (ROOT / "docs" / "decisions").glob("[!R]*.md")
    assert [page.name for page in pages if f"\n**{part}:**" not in page.read_text(encoding="utf-8")] == []


def test_the_architecture_stays_two_pages():
    assert len((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) <= 150


def test_the_architecture_draws_the_orders_that_are_checked():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    orders = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    assert orders
    for layers in orders:
        drawn = " → ".join(layer.replace("invoicewatch.", "") for layer in layers)
        assert drawn in re.sub(r"\s+", " ", text.replace("\n", " "))
