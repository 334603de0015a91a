"""The text of what `invoicewatch service install` writes."""

import tomllib
from pathlib import Path

import msgspec
import pytest

from invoicewatch.cli.systemd import units
from invoicewatch.cli.systemd.state import parse_state
from invoicewatch.config import Config
from invoicewatch.config.settings import ClusterSettings, ModelSettings, NotifySettings, PathSettings, WebSettings

PATHS = {"archive": "/a/archive", "set_aside": "/a/aside", "duplicates": "/a/dup", "state": "/a/state"}


def config(*inboxes: str, **model) -> Config:
    return Config(paths=PathSettings(inboxes=inboxes, **PATHS), model=ModelSettings(**model))


def test_the_unit_runs_the_program_that_installed_it():
    unit = units.render_unit(units.UNIT, Path("/srv/my tools/bin/invoicewatch"))
    assert 'ExecStart="/srv/my tools/bin/invoicewatch" run\n' in unit
    assert "/opt/invoicewatch" not in unit


def test_a_configuration_in_an_unusual_place_is_named_to_the_service():
    unit = units.render_unit(units.UNIT, Path("/opt/x/invoicewatch"), Path("/srv/my config.toml"))
    assert 'Environment="INVOICEWATCH_CONFIG=/srv/my config.toml"\nExecStart=/opt/x/invoicewatch run\n' in unit


def test_only_the_configured_folders_are_opened():
    lines = units.render_access(config("/srv/scans")).splitlines()
    opened = [line for line in lines if line.startswith(("ReadWritePaths=", "BindPaths="))]
    assert [f"ReadWritePaths={path}" for path in ("/srv/scans", *PATHS.values())] == opened
    assert "PrivateNetwork=no" not in lines


def test_a_folder_in_a_home_is_bound_into_an_otherwise_empty_one():
    lines = units.render_access(config("/home/anna/scans")).splitlines()
    assert "ProtectHome=tmpfs" in lines
    assert "BindPaths=/home/anna/scans" in lines


def test_a_folder_under_tmp_is_bound_into_the_private_one():
    lines = units.render_access(config("/tmp/scans")).splitlines()
    assert "BindPaths=/tmp/scans" in lines
    assert "ProtectHome=tmpfs" not in lines


def test_the_network_is_opened_only_where_downloads_are_allowed():
    assert "PrivateNetwork=no" in units.render_access(config("/srv/scans", allow_auto_download=True)).splitlines()


def test_the_network_is_opened_where_a_cluster_reads():
    settings = msgspec.structs.replace(config("/srv/scans"), cluster=ClusterSettings(scheduler="tls://head:8786"))
    assert "PrivateNetwork=no" in units.render_access(settings).splitlines()


@pytest.mark.parametrize(
    ("notify", "is_open"),
    [
        ({"webhook": "https://example.org/"}, True),
        ({"apprise": ("mailtos://example.org",)}, True),
        ({"command": ("true",), "prometheus_file": "/srv/figures.prom"}, False),
    ],
)
def test_the_network_is_opened_where_notices_leave_the_machine_and_no_model_comes_in(notify, is_open):
    settings = msgspec.structs.replace(config("/srv/scans"), notify=NotifySettings(**notify))
    lines = units.render_access(settings).splitlines()
    assert is_open == ("PrivateNetwork=no" in lines)
    assert "Environment=HF_HUB_OFFLINE=0" not in lines


def test_the_files_of_notices_are_opened_if_they_are_there():
    notify = NotifySettings(prometheus_file="/var/lib/my figures/iw.prom", webhook_secret_file="/home/anna/secret")
    lines = units.render_access(msgspec.structs.replace(config("/srv/scans"), notify=notify)).splitlines()
    assert 'ReadWritePaths="-/var/lib/my figures"' in lines
    assert "BindReadOnlyPaths=-/home/anna/secret" in lines


@pytest.mark.parametrize(
    ("web", "is_open"),
    [
        ({}, False),
        ({"host": "::1"}, False),
        ({"host": "0.0.0.0", "origin": "https://a.example"}, True),
        ({"origin": "https://a.example", "proxy": "127.0.0.1"}, False),
        ({"origin": "https://a.example", "proxy": "192.0.2.1"}, True),
    ],
)
def test_the_page_is_opened_to_other_machines_only_where_the_configuration_says_so(web, is_open):
    settings = msgspec.structs.replace(config("/srv/scans"), web=WebSettings(**web))
    lines = units.render_web_access(settings).splitlines()
    assert is_open == ("IPAddressDeny=" in lines)
    assert "ReadWritePaths=/srv/scans" in lines
    assert "IPAddressAllow=localhost" in units.render_unit(units.WEB_UNIT, Path("/x")).splitlines()


def test_the_files_of_tls_are_bound_where_they_would_be_hidden():
    web = WebSettings(tls_certificate="/home/anna/c.pem", tls_key="/etc/k.pem")
    lines = units.render_web_access(msgspec.structs.replace(config("/srv/scans"), web=web)).splitlines()
    assert "BindReadOnlyPaths=/home/anna/c.pem" in lines
    assert "ProtectHome=tmpfs" in lines


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/srv/scans", "/srv/scans"),
        ("/srv/my scans", '"/srv/my scans"'),
        ("/srv/100%", "/srv/100%%"),
        ('/srv/"x"', '/srv/\\"x\\"'),
        ("/srv/a\\b", "/srv/a\\\\b"),
    ],
)
def test_paths_are_written_as_units_want_them(path, written):
    assert units.quote(path) == written


def test_the_configuration_for_the_service_differs_from_the_commented_one_in_its_paths_alone():
    written = msgspec.convert(tomllib.loads(units.render_config(units.read_template("config.toml"))), Config)
    assert written.paths == PathSettings(
        inboxes=("/var/lib/invoicewatch/inbox",),
        archive="/var/lib/invoicewatch/archive",
        set_aside="/var/lib/invoicewatch/set-aside",
        duplicates="/var/lib/invoicewatch/duplicates",
        state="/var/lib/invoicewatch/state",
    )
    assert written.model.path == f"/var/lib/invoicewatch/{ModelSettings().path}"
    same = msgspec.structs.replace(
        written, paths=PathSettings(), model=msgspec.structs.replace(written.model, path=ModelSettings().path)
    )
    assert same == Config()


def test_the_two_groups_get_their_rights_by_access_lists():
    lines = units.render_folders([Path("/var/lib/invoicewatch/state")]).splitlines()
    assert "d /var/lib/invoicewatch/state 0770 invoicewatch invoicewatch" in lines
    access = next(line for line in lines if line.startswith("a+ /var/lib/invoicewatch/state "))
    for entry in ("group:invoicewatch-readers:r-x", "group:invoicewatch-editors:rwx"):
        assert f",{entry}" in access
        assert f",default:{entry}" in access


def test_systemds_answer_is_understood():
    state = parse_state(
        "LoadState=loaded\nUnitFileState=enabled\nActiveState=active\nSubState=running\nResult=success\n"
        "StatusText=ready; model=SmolLM2\nMainPID=42\nNRestarts=1\nActiveEnterTimestamp=@1700000000\n"
    )
    assert (state.active, state.pid, state.restarts) == ("active", 42, 1)
    assert state.status == "ready; model=SmolLM2"
    assert state.since is not None
    assert state.since.isoformat() == "2023-11-14T22:13:20+00:00"


def test_a_service_that_was_never_installed_is_understood_too():
    state = parse_state("LoadState=not-found\nActiveState=inactive\nMainPID=0\nNRestarts=0\nActiveEnterTimestamp=\n")
    assert (state.load, state.pid, state.since) == ("not-found", 0, None)
