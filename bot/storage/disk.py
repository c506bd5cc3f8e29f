"""The place a database lies in: its directory, its rights, the kind of file system."""

from __future__ import annotations

import os
from pathlib import Path

from bot.storage.errors import NetworkDisk, NotWritable

# File systems on which SQLite's locks or its shared memory do not hold.
NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs", "fuse.glusterfs"}
)

_MOUNTS = Path("/proc/mounts")


def make_directory(directory: Path) -> None:
    """Makes ``directory`` for this account alone, if there is none. Raises NotWritable."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise not_writable(directory, error) from error


def make_file(path: Path) -> None:
    """Makes an empty file that this account alone can read. Raises OSError when it exists."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def not_writable(path: Path, error: OSError) -> NotWritable:
    """The refusal for a file or directory the operating system keeps us from."""
    return NotWritable(
        f"{path} cannot be written ({error.strerror}); give the account that runs the program"
        " the right to write there, or choose another place for the database.",
        path,
    )


def flush(path: Path) -> None:
    """Waits until a file, or what a directory lists, is on the disk."""
    if path.is_dir() and os.name != "posix":
        return  # elsewhere a directory cannot be opened, and needs no flush
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def refuse_network_disk(path: Path, mounts: str | None = None) -> None:
    """Raises NetworkDisk when ``path`` lies on a network file system.

    ``mounts`` is the text of /proc/mounts, read when not given; where there is none, nothing
    is known and nothing is refused.
    """
    if mounts is None:
        try:
            mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return
    kind = file_system(path, mounts)
    if kind in NETWORK_FILE_SYSTEMS:
        raise NetworkDisk(
            f"The database {path} lies on a network file system ({kind}), which can damage it;"
            " move it to a local disk.",
            path,
        )


def file_system(path: Path, mounts: str) -> str | None:
    """The kind of file system ``path`` lies on, by the text of /proc/mounts."""
    place = Path(os.path.realpath(path))
    found: tuple[int, str] | None = None
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        mount = Path(_unescaped(fields[1]))
        # Of two mounts on one directory, the later one covers the earlier.
        if place.is_relative_to(mount) and (found is None or len(mount.parts) >= found[0]):
            found = (len(mount.parts), fields[2])
    return None if found is None else found[1]


def _unescaped(field: str) -> str:
    # /proc/mounts writes these four characters as octal numbers.
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(code, character)
    return field
