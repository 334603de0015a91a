"""The file system decides between inotify and polling, and where a database may lie."""

import pytest

from invoicewatch.daemon import service
from invoicewatch.errors import StoreError
from invoicewatch.intake.mounts import Mount, find_mount, is_remote, lies_on_remote, read_mounts

TABLE = r"""22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
30 22 0:44 / /mnt/office\040share rw,relatime shared:9 master:2 - cifs //server/scans rw,vers=3.1.1
31 22 0:45 / /mnt/nas rw - nfs4 nas:/export rw
32 22 0:46 / /srv/box rw - overlay overlay rw,lowerdir=/mnt/nas/base:/opt,upperdir=/up,workdir=/work
33 22 0:47 / /srv/container rw - overlay overlay rw,lowerdir=/opt/base,upperdir=/up,workdir=/work
34 31 254:2 / /mnt/nas/local rw - ext4 /dev/vdb rw
nonsense
"""


@pytest.fixture
def mounts(tmp_path):
    table = tmp_path / "mountinfo"
    table.write_text(TABLE)
    return read_mounts(table)


@pytest.mark.parametrize(
    ("path", "point"),
    [
        ("/home/x", "/"),
        ("/mnt/office share/in", "/mnt/office share"),
        ("/mnt/nas", "/mnt/nas"),
        ("/mnt/nasty", "/"),
        ("/mnt/nas/local/deep/not/there/yet", "/mnt/nas/local"),
    ],
)
def test_a_path_lies_on_the_nearest_mount_above_it(mounts, path, point):
    assert find_mount(path, mounts).point == point


@pytest.mark.parametrize(
    ("path", "remote"),
    [
        ("/home/x", False),
        ("/mnt/office share/in", True),
        ("/mnt/nas/in", True),
        ("/mnt/nas/local/in", False),
        ("/srv/box/in", True),
        ("/srv/container/in", False),
    ],
)
def test_remote_is_what_changes_unseen(mounts, path, remote):
    assert lies_on_remote(path, mounts) == remote


@pytest.mark.parametrize(
    ("file_system", "remote"),
    [("cifs", True), ("smb3", True), ("nfs", True), ("nfs4", True), ("fuse.sshfs", True), ("fuse.rclone", True),
     ("9p", True), ("drvfs", True), ("fuseblk", False), ("fuse.mergerfs", False), ("ext4", False), ("btrfs", False),
     ("tmpfs", False), ("zfs", False), ("xfs", False)],
)  # fmt: skip
def test_types_of_file_systems(file_system, remote):
    assert is_remote(file_system) == remote


def test_a_later_mount_at_the_same_place_is_the_one_that_is_seen():
    mounts = [Mount("/", "ext4", "a"), Mount("/m", "ext4", "b"), Mount("/m", "nfs", "c")]
    assert find_mount("/m/x", mounts).source == "c"


def test_without_a_table_nothing_is_remote(tmp_path):
    assert not lies_on_remote("/anything", read_mounts(tmp_path / "none"))


def test_the_real_table_can_be_read():
    assert find_mount("/proc", read_mounts()).file_system == "proc"


def test_a_state_folder_on_a_share_is_refused_with_the_reason(mounts, monkeypatch, tmp_path):
    monkeypatch.setattr(service, "read_mounts", lambda: mounts)
    with pytest.raises(StoreError, match="nas:/export") as caught:
        service.check_state_folder(tmp_path.joinpath("/mnt/nas/state"))
    assert caught.value.code == "state_remote"
    service.check_state_folder(tmp_path)
