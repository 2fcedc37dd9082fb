"""Commands that change files and folders."""

import errno
import os
import shutil
from pathlib import Path

from autograder.checks.shell.command import FileCommand, Options, Place, failure, for_each


def _mkdir(name: str, options: Options, place: Place) -> None:
    folder = place.file(name)
    if options.any_of("p"):
        folder.mkdir(parents=True, exist_ok=True)
    else:
        folder.mkdir()
    if options.any_of("v"):
        place.say(f"mkdir: created directory '{name}'")


def _rmdir(name: str, options: Options, place: Place) -> None:
    place.file(name).rmdir()


def _cd(options: Options, place: Place) -> int:
    name = options.words[0] if options.words else os.path.expanduser("~")
    folder = place.file(name)
    if not folder.is_dir():
        place.complain(failure(errno.ENOTDIR if folder.exists() else errno.ENOENT, name))
        return 1
    place.folder = Path(os.path.normpath(folder))
    return 0


def _rm(name: str, options: Options, place: Place) -> None:
    if not name and options.any_of("f"):
        return
    if os.path.basename(os.path.normpath(name)) in ("", ".", ".."):
        raise OSError(errno.EINVAL, "This folder is not removed", name)
    file = place.file(name)
    is_folder = file.is_dir() and not file.is_symlink()
    if is_folder and options.any_of("rR"):
        shutil.rmtree(file)
    elif is_folder and options.any_of("d"):
        file.rmdir()
    elif is_folder:
        raise failure(errno.EISDIR, name)
    else:
        file.unlink(missing_ok=options.any_of("f"))
    if options.any_of("v"):
        place.say(f"removed '{name}'")


def _target(name: str, options: Options, place: Place) -> Path | None:
    """What a source of ``cp`` or ``mv`` becomes; None where it is to stay."""
    source, last = place.file(name), options.words[-1]
    target = place.file(last)
    if not os.path.lexists(source):
        raise failure(errno.ENOENT, name)
    wants_folder = len(options.words) > 2 or (last.endswith("/") and not source.is_dir())
    if wants_folder and not target.is_dir():
        raise failure(errno.ENOTDIR, last)
    becomes = target / _last_name(name, source) if target.is_dir() else target
    if becomes.exists():
        if options.any_of("n"):
            return None
        if os.path.samefile(source, becomes):
            raise OSError(errno.EINVAL, "The two are the same file", name)
        if becomes.is_dir() and not source.is_dir():
            raise failure(errno.EISDIR, becomes)
    if source.is_dir() and becomes.resolve().is_relative_to(source.resolve()):
        raise OSError(errno.EINVAL, "A folder cannot go into itself", name)
    if options.any_of("v"):
        place.say(f"'{name}' -> '{becomes}'")
    return becomes


def _last_name(name: str, source: Path) -> str:
    """What a source is called in its new folder; ``.`` where all that is in it goes there."""
    given = os.path.basename(name.rstrip("/"))
    return given if given == "." else os.path.basename(os.path.abspath(source))


def _cp(name: str, options: Options, place: Place) -> None:
    source, copy = place.file(name), shutil.copy2 if options.any_of("ap") else shutil.copy
    if source.is_dir() and not options.any_of("rRa"):
        raise failure(errno.EISDIR, name)
    becomes = _target(name, options, place)
    if becomes is None:
        return
    if source.is_dir():
        shutil.copytree(source, becomes, dirs_exist_ok=True, copy_function=copy)
    else:
        copy(source, becomes)


def _mv(name: str, options: Options, place: Place) -> None:
    becomes = _target(name, options, place)
    if becomes is None:
        return
    if becomes.is_dir():
        becomes.rmdir()  # as mv does; it fails where something is in it
    shutil.move(place.file(name), becomes)


def _touch(name: str, options: Options, place: Place) -> None:
    file = place.file(name)
    if not options.any_of("c") or file.exists():
        file.touch()


_MANY = (("recursive", "r"), ("force", "f"), ("verbose", "v"))
_COPY = (*_MANY, ("archive", "a"), ("no-clobber", "n"))
_FOLDER = (("parents", "p"), ("verbose", "v"))

CHANGING = {
    "mkdir": FileCommand(for_each(_mkdir), "pv", _FOLDER, least=1),
    "rmdir": FileCommand(for_each(_rmdir), least=1),
    "cd": FileCommand(_cd, most=1),
    "rm": FileCommand(for_each(_rm), "rRfvd", _MANY, least=1),
    "cp": FileCommand(for_each(_cp, but=1), "rRapvfn", _COPY, least=2),
    "mv": FileCommand(for_each(_mv, but=1), "fvn", _COPY[1:3] + _COPY[4:], least=2),
    "touch": FileCommand(for_each(_touch), "c", least=1),
}
"""By name."""
