"""The files that a systemd service consists of, as text made from the templates and the configuration."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from invoicewatch.config import Config

UNIT = "invoicewatch.service"
USER_UNIT = "invoicewatch-user.service"
WEB_UNIT = "invoicewatch-web.service"
SYSUSERS = "invoicewatch.sysusers"
USER = "invoicewatch"
READERS = "invoicewatch-readers"
EDITORS = "invoicewatch-editors"
DATA = Path("/var/lib/invoicewatch")
TMPFILES_FILE = Path("/etc/tmpfiles.d/invoicewatch.conf")
_PROGRAM = "/opt/invoicewatch/bin/invoicewatch"
# What ProtectHome= and PrivateTmp= hide from the service.
_HOMES = (Path("/home"), Path("/root"), Path("/run/user"))
_HIDDEN = (*_HOMES, Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - not used, only recognised


def drop_in(unit: str) -> Path:
    """Where the drop-in that opens folders and network lies, below the folder of the units."""
    return Path(f"{unit}.d") / "access.conf"


def read_template(name: str) -> str:
    """``config.toml`` or a file of the ``systemd`` folder, out of the installed package or the source tree."""
    packaged = Path(__file__).with_name("templates") / name
    source = Path(__file__).resolve().parents[3]
    found = next(file for file in (packaged, source / "systemd" / name, source / name) if file.is_file())
    return found.read_text(encoding="utf-8")


def render_unit(template: str, program: Path, config_file: Path | None = None) -> str:
    """The unit with the path of the program that is to run, and of a configuration in an unusual place."""
    unit = read_template(template).replace(_PROGRAM, quote(str(program)))
    if config_file is None:
        return unit
    named = quote(f"INVOICEWATCH_CONFIG={config_file.resolve()}")
    return unit.replace("\nExecStart=", f"\nEnvironment={named}\nExecStart=")


def render_access(config: Config) -> str:
    """A drop-in that opens the configured folders, and the network if the configuration asks for it."""
    lines = _open_folders(config, Path(config.notify.webhook_secret_file))
    model = Path(config.model.path)
    if is_hidden(model) and model.exists():
        lines.append(f"BindReadOnlyPaths={quote(str(model), extra=':')}")
    return "\n".join([*lines, *_open_files(config), *_open_network(config)]) + "\n"


def render_web_access(config: Config) -> str:
    """The same for the page: the folders (erasing a record erases its file), the files of TLS, and who may connect."""
    from invoicewatch.web.site import is_loopback

    web = config.web
    tls = [Path(path) for path in (web.tls_certificate, web.tls_key) if path]
    lines = _open_folders(config, *tls)
    lines += [f"BindReadOnlyPaths={quote(str(path), extra=':')}" for path in tls if is_hidden(path)]
    others = {"[web] host": web.host, "[web] proxy": web.proxy}
    asking = [name for name, address in others.items() if address and not is_loopback(address)]
    if asking:
        lines += [f"# Asked for by {', '.join(asking)}.", "IPAddressDeny="]
    return "\n".join(lines) + "\n"


def _open_folders(config: Config, *files: Path) -> list[str]:
    """The head of a drop-in; homes are opened as far as folders or ``files`` lie in them."""
    lines = ["# Written by `invoicewatch service install` from the configuration; run it again after a change.", ""]
    lines += ["[Service]"]
    if any(_is_hidden(path, *_HOMES) for path in (*folders(config), *files)):
        lines += ["# Homes stay empty but for the folders below.", "ProtectHome=tmpfs"]
    for folder in folders(config):
        setting = "BindPaths" if is_hidden(folder) else "ReadWritePaths"
        lines.append(f"{setting}={quote(str(folder), extra=':' if setting == 'BindPaths' else '')}")
    return lines


def _open_files(config: Config) -> list[str]:
    """What the service reads and writes beside its folders; not made by us, so it may be missing."""
    notify, lines = config.notify, []
    if notify.prometheus_file:
        folder = Path(notify.prometheus_file).parent
        setting, extra = ("BindPaths", ":") if is_hidden(folder) else ("ReadWritePaths", "")
        lines.append(f"{setting}={quote(f'-{folder}', extra=extra)}")
    if notify.webhook_secret_file and is_hidden(Path(notify.webhook_secret_file)):
        lines.append(f"BindReadOnlyPaths={quote(f'-{notify.webhook_secret_file}', extra=':')}")
    return lines


def _open_network(config: Config) -> list[str]:
    """Nothing, unless a setting needs it."""
    wanted = {
        "[model] allow_auto_download": config.model.allow_auto_download,
        "[notify] webhook": bool(config.notify.webhook),
        "[notify] apprise": bool(config.notify.apprise),
        "[cluster] scheduler": bool(config.cluster.scheduler),
    }
    asking = [name for name, is_on in wanted.items() if is_on]
    if not asking:
        return []
    lines = [f"# Asked for by {', '.join(asking)}."]
    lines += ["PrivateNetwork=no", "IPAddressDeny=", "RestrictAddressFamilies=AF_INET AF_INET6"]
    return [*lines, "Environment=HF_HUB_OFFLINE=0"] if config.model.allow_auto_download else lines


def render_folders(managed: Iterable[Path]) -> str:
    """A tmpfiles.d file: the service's folders, and who of the people may do what in them.

    Access lists, and not modes, because two groups have two sets of rights; the defaults make files that an editor
    creates (a scan, SQLite's -wal and -shm) the service's as well.
    """
    both = f"group:{READERS}:r-x,group:{EDITORS}:r-x"
    lines = [
        "# Written by `invoicewatch service install`.",
        f"d {DATA} 0750 {USER} {USER}",
        f"a+ {DATA} - - - - {both}",
    ]
    for folder in managed:
        path = quote(str(folder))
        access = f"user:{USER}:rwx,group:{READERS}:r-x,group:{EDITORS}:rwx"
        defaults = ",".join(f"default:{entry}" for entry in access.split(","))
        lines += [f"d {path} 0770 {USER} {USER}", f"a+ {path} - - - - {access},{defaults}"]
    return "\n".join(lines) + "\n"


def render_config(text: str) -> str:
    """The commented configuration, its relative paths turned into the service's folders."""
    relative = re.compile(r"^(?:inboxes|archive|set_aside|duplicates|state|path) = .*$", re.MULTILINE)
    return relative.sub(lambda line: line[0].replace('"', f'"{DATA}/', 1), text)


def folders(config: Config) -> tuple[Path, ...]:
    """The folders that the service writes to, each once."""
    paths = config.paths
    named = (*paths.inboxes, paths.archive, paths.set_aside, paths.duplicates, paths.state)
    return tuple(dict.fromkeys(Path(path) for path in named))


def is_hidden(path: Path) -> bool:
    """Whether the service cannot see this path unless it is bound into its view."""
    return _is_hidden(path, *_HIDDEN)


def quote(text: str, extra: str = "") -> str:
    """A path as units write it: specifiers and quotes escaped, quoted where there is a space."""
    escaped = text.replace("\\", "\\\\").replace("%", "%%").replace('"', '\\"')
    for character in extra:
        escaped = escaped.replace(character, f"\\{character}")
    return f'"{escaped}"' if any(character.isspace() for character in text) else escaped


def _is_hidden(path: Path, *roots: Path) -> bool:
    return any(path.is_relative_to(root) for root in roots)
