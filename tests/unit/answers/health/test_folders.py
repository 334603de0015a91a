import pytest

from invoicewatch.answers.health.check import Verdict
from invoicewatch.answers.health.folders import check_folder
from invoicewatch.intake.mounts import Mount

LOCAL = [Mount("/", "ext4", "/dev/sda1")]
SHARE = [Mount("/", "nfs4", "server:/scans")]


def test_a_folder_that_can_be_written_is_well_and_stays_empty(tmp_path):
    assert Verdict.OK is check_folder("inbox", tmp_path, LOCAL, must_exist=True).verdict
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(("must_exist", "expected"), [(True, Verdict.WARNING), (False, Verdict.OK)])
def test_a_folder_that_is_not_there_yet_matters_only_for_an_inbox(tmp_path, must_exist, expected):
    check = check_folder("inbox", tmp_path / "a" / "b", LOCAL, must_exist=must_exist)
    assert (expected, must_exist) == (check.verdict, "mkdir" in check.remedy)


def test_the_state_must_not_lie_on_a_share_and_an_inbox_may(tmp_path):
    assert Verdict.BROKEN is check_folder("state", tmp_path, SHARE, local=True).verdict
    inbox = check_folder("inbox", tmp_path, SHARE)
    assert (Verdict.OK, True) == (inbox.verdict, "over the network" in inbox.detail)
