"""Removes what untrusted code left behind."""

import os
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


def remove(folder: Path) -> None:
    """Remove a folder and what is in it, once no process uses it any more.

    Inner folders are moved out one after the other: `shutil.rmtree` descends into them, and fails
    where there are thousands in one another.

    Raises:
        OSError: Something cannot be removed.
    """
    aside = Path(mkdtemp(prefix="removal-", dir=folder.parent))
    names = map(str, count())
    waiting = [next(names)]
    folder.rename(aside / waiting[0])
    place = os.open(aside, _FOLDER)
    try:
        while waiting:
            name = waiting.pop()
            inside = os.open(name, _FOLDER, dir_fd=place)
            try:
                with os.scandir(inside) as entries:
                    found = list(entries)
                for entry in found:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(next(names))
                        os.rename(entry.name, waiting[-1], src_dir_fd=inside, dst_dir_fd=place)
                    else:
                        os.unlink(entry.name, dir_fd=inside)
            finally:
                os.close(inside)
            os.rmdir(name, dir_fd=place)
    finally:
        os.close(place)
    aside.rmdir()
