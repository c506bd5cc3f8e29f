from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage.disk import file_system, refuse_network_disk
from bot.storage.errors import NetworkDisk
from bot.storage.schema import prepare_database
from tests.storage.builders import NOW, url_of

MOUNTS = """\
/dev/vda / ext4 rw,relatime 0 0
server:/export /srv nfs4 rw 0 0
/dev/vdb /srv/local xfs rw 0 0
//nas/share /mnt/my\\040share cifs rw 0 0
tmpfs /covered tmpfs rw 0 0
drvfs /covered 9p rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/var/club.sqlite3", "ext4"),
        ("/srv/club.sqlite3", "nfs4"),
        ("/srvother/club.sqlite3", "ext4"),
        ("/srv/local/deep/club.sqlite3", "xfs"),
        ("/mnt/my share/club.sqlite3", "cifs"),
        ("/covered/club.sqlite3", "9p"),
    ],
)
def test_the_nearest_mount_tells_the_file_system(place: str, kind: str) -> None:
    assert file_system(Path(place), MOUNTS) == kind


def test_a_link_is_followed_to_the_disk_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/srv")
    assert file_system(tmp_path / "link" / "club.sqlite3", MOUNTS) == "nfs4"


@pytest.mark.parametrize("place", ["/srv/a", "/mnt/my share/a", "/covered/a"])
def test_a_network_disk_is_refused(place: str) -> None:
    with pytest.raises(NetworkDisk, match="move it to a local disk"):
        refuse_network_disk(Path(place), MOUNTS)


def test_a_local_disk_is_accepted() -> None:
    refuse_network_disk(Path("/srv/local/a"), MOUNTS)


def test_where_nothing_is_known_nothing_is_refused() -> None:
    assert file_system(Path("/a"), "") is None
    refuse_network_disk(Path("/a"), "")


def test_a_start_on_a_network_disk_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/vda / ext4 rw 0 0\nserver:/x {tmp_path} nfs rw 0 0\n")
    monkeypatch.setattr("bot.storage.disk._MOUNTS", mounts)
    with pytest.raises(NetworkDisk):
        prepare_database(url_of(tmp_path / "club.sqlite3"), NOW)
