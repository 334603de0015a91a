"""Which file system a folder lies on, and what follows: inotify or polling, fit for a database or not."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

# File systems whose changes by other machines (or by the host of a virtual one) the kernel does not see.
_REMOTE = frozenset(
    {
        "9p", "afs", "ceph", "cifs", "coda", "davfs", "drvfs", "fuse", "glusterfs", "lustre", "ncpfs",
        "nfs", "nfs4", "ocfs2", "smb2", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs",
    }
)  # fmt: skip
# Local file systems that happen to be served by a FUSE program: they see every change.
_LOCAL_FUSE = frozenset({"fuseblk", "fuse.ext4", "fuse.exfat", "fuse.ntfs", "fuse.ntfs-3g", "fuse.mergerfs"})
_OCTAL = re.compile(r"\\([0-7]{3})")


class Mount(NamedTuple):
    """A mount as the kernel describes it."""

    point: str
    file_system: str
    source: str
    lower: tuple[str, ...] = ()

    @property
    def is_remote(self) -> bool:
        """Whether changes may come from another machine, unseen by this kernel."""
        return is_remote(self.file_system)


def is_remote(file_system: str) -> bool:
    """Whether a type of file system is one over the network, or of another kernel."""
    return file_system in _REMOTE or (file_system.startswith("fuse.") and file_system not in _LOCAL_FUSE)


def read_mounts(table: Path = Path("/proc/self/mountinfo")) -> list[Mount]:
    """All mounts, later ones over earlier ones; empty where there is no such table."""
    try:
        lines = table.read_bytes().decode("utf-8", "surrogateescape").splitlines()
    except OSError:
        return []
    return [mount for line in lines if (mount := _parse_line(line))]


def _parse_line(line: str) -> Mount | None:
    """One line of mountinfo, proc(5): six fields, optional ones up to ``-``, then type, source, options."""
    before, dash, after = line.partition(" - ")
    if not dash:
        return None
    point = before.split(" ")[4]
    file_system, source, *options = after.split(" ")
    lower = re.findall(r"(?:^|,)lowerdir=([^,]*)", options[0]) if options else []
    return Mount(_unescape(point), file_system, _unescape(source), tuple(lower[0].split(":")) if lower else ())


def _unescape(text: str) -> str:
    return _OCTAL.sub(lambda found: chr(int(found[1], 8)), text)


def find_mount(path: str, mounts: list[Mount]) -> Mount:
    """The mount that ``path`` (which need not exist yet) lies on."""
    real = os.path.realpath(path)
    best = Mount("/", "unknown", "")
    for mount in mounts:
        inside = real == mount.point or real.startswith(mount.point.rstrip("/") + "/")
        if inside and len(mount.point) >= len(best.point):
            best = mount
    return best


def lies_on_remote(path: str, mounts: list[Mount], find: Callable[[str, list[Mount]], Mount] = find_mount) -> bool:
    """Whether changes below ``path`` may be unseen: it is remote, or an overlay over something remote."""
    mount = find(path, mounts)
    if mount.file_system not in {"overlay", "aufs", "unionfs"}:
        return mount.is_remote
    return any(find(layer, mounts).is_remote for layer in mount.lower if layer.startswith("/"))
