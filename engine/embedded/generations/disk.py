"""Single files and folders, written so that they last and read so that nothing but a plain file is
ever opened: no symbolic link, no folder, no pipe."""

import errno
import hashlib
import logging
import os
import shutil
import stat
from dataclasses import dataclass
from io import BufferedWriter, FileIO
from pathlib import Path

log = logging.getLogger(__name__)

COPIED = 4 << 20
"""Bytes up to which a file is copied rather than shared: it costs next to nothing, and bytes that
rot on the disk then spoil one generation and not its fallbacks."""
NAMES = 2
"""Generations that share one file at most. With three kept, one is always left without it."""
NO_LINKS = frozenset({errno.EPERM, errno.EACCES, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
"""How file systems say that they have no (more) hard links for us."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which bytes of which file were seen: while the stamp is the same, so are they."""

    device: int
    inode: int
    size: int
    modified_ns: int

    def same_file(self, other: "Stamp") -> bool:
        """Tell whether both are of one file, whatever it holds by now."""
        return (self.device, self.inode) == (other.device, other.inode)


def open_plain(path: Path) -> FileIO:
    """Open a plain file for reading. Raises OSError for anything else."""
    # Opening a pipe would wait for ever without O_NONBLOCK.
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "Not a plain file", str(path))
    return FileIO(descriptor)


def stamp(file: FileIO) -> Stamp:
    """Return the stamp of an open file."""
    status = os.fstat(file.fileno())
    return Stamp(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def sha256(file: FileIO) -> str:
    """Return the SHA-256 of an open file, read from where it stands, in hexadecimal."""
    return hashlib.file_digest(file, "sha256").hexdigest()


def write_lasting(path: Path, content: bytes) -> None:
    """Write a new private file through to the disk. Raises FileExistsError when it is there."""
    with BufferedWriter(_create(path)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Write the names in a folder through to the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def share(old: Path, new: Path) -> bool:
    """Give a file a second name. Returns False, having done nothing, where it is better copied:
    it is small, it has two names already, or there are no hard links."""
    status = old.lstat()
    if status.st_size <= COPIED or status.st_nlink >= NAMES:
        return False
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        return False
    return True


def copy(old: Path, new: Path) -> None:
    """Copy a plain file to a new private one."""
    with open_plain(old) as source, BufferedWriter(_create(new)) as target:
        shutil.copyfileobj(source, target, 1 << 20)


def remove(path: Path) -> None:
    """Remove a file or a folder with all in it. What cannot be removed is logged and stays: it is
    only ever something that nothing depends on, and the next writer tries again."""
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        log.warning("%s could not be removed: %s", path, error)


def _create(path: Path) -> FileIO:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    return FileIO(os.open(path, flags, 0o600), "w")
