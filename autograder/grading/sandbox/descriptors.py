"""What the process holds open when it is shut in: no rule reaches what was opened before."""

import fcntl
import os
import stat
from collections.abc import Collection, Sequence
from pathlib import Path

DESCRIPTORS = Path("/proc/self/fd")


def let_go(keep: Collection[int], readable: Sequence[Path]) -> None:
    """Replace what is open by ``/dev/null``, standard input and output included.

    The numbers stay taken, so that whoever still holds one reads nothing and hits no other file.
    Files that are readable anyway (``proj.db``) are opened anew instead: else all forks would
    share, and move, one position in them.

    Args:
        keep: Descriptors that stay.
        readable: What the process may read afterwards.
    """
    nothing = os.open(os.devnull, os.O_RDWR)
    for name in os.listdir(DESCRIPTORS):
        descriptor = int(name)
        if descriptor in keep or descriptor == nothing:
            continue
        try:
            own = _own(descriptor, readable)
        except OSError:  # it was open only for listing this folder
            continue
        os.dup2(nothing if own is None else own, descriptor, inheritable=False)
        if own is not None:
            os.close(own)
    os.close(nothing)


def _own(descriptor: int, readable: Sequence[Path]) -> int | None:
    """The same file opened anew at the same position; None for what may not be read."""
    mode = fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE
    if not stat.S_ISREG(os.fstat(descriptor).st_mode) or mode != os.O_RDONLY:
        return None
    path = Path(os.readlink(DESCRIPTORS / str(descriptor)))
    if not any(path.is_relative_to(parent) for parent in readable):
        return None
    own = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    os.lseek(own, os.lseek(descriptor, 0, os.SEEK_CUR), os.SEEK_SET)
    return own
