"""A notebook's IPython shell without a kernel: its messages go into a transcript."""

import builtins
import getpass
import os
import sys
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

from ipykernel import zmqshell
from ipykernel.compiler import XCachingCompiler
from IPython.core.error import StdinNotImplementedError
from IPython.external.pickleshare import PickleShareDB
from jupyter_client.session import Session as Messages
from traitlets.config import Config

from autograder.checks.shell.asking import FUNCTIONS
from autograder.checks.shell.furnish import furnish
from autograder.grading.running.only_threads import only_threads
from autograder.grading.running.transcript import Stream, Transcript

COURSE = __name__.partition(".")[0]


class Collector(Messages):
    """Replaces a kernel's connection: passes messages to a transcript."""

    def __init__(self, transcript: Transcript) -> None:
        super().__init__(key=b"")
        self._transcript = transcript

    def send(
        self, stream: Any, msg_or_type: Any, content: Any = None, *_: Any, **__: Any
    ) -> dict[str, Any] | None:
        """Take a message, whole or as type and content."""
        if isinstance(msg_or_type, dict):
            msg_or_type, content = msg_or_type["msg_type"], msg_or_type["content"]
        self._transcript.add(msg_or_type, content)
        return None


class ZMQInteractiveShell(zmqshell.ZMQInteractiveShell):
    """The shell of a Jupyter kernel. Libraries know by this name that they are in a notebook.

    It has no profile and keeps no history on disk.
    """

    _db: Any = None
    extension_manager: Any

    def init_ipython_dir(self, ipython_dir: str | None) -> None:
        """There is none: no files change how the shell works."""

    def init_profile_dir(self, profile_dir: Any) -> None:
        """There is none."""

    @property
    def db(self) -> Any:
        """What ``%store`` and the like keep: in the notebook's folder, made when it is needed."""
        if self._db is None:
            self._db = PickleShareDB(Path(self.starting_dir, ".ipython", "db"))
        return self._db

    @db.setter
    def db(self, value: Any) -> None:
        self._db = value

    def enable_gui(self, gui: str | None = None) -> None:
        """No window can open; ``%matplotlib inline`` asks for none."""


def bare_shell() -> ZMQInteractiveShell:
    """This process's only shell, made at the first call. The fork server makes it to save time."""
    config = Config()
    config.HistoryManager.enabled, config.HistoryManager.hist_file = False, ":memory:"
    main = sys.modules["__main__"]
    shell: ZMQInteractiveShell = ZMQInteractiveShell.instance(
        config=config, compiler_class=XCachingCompiler
    )
    sys.modules["__main__"] = main
    shell.extension_manager.load_extension("storemagic")  # as each kernel does
    return shell


def make_shell(transcript: Transcript, threads: int) -> ZMQInteractiveShell:
    """The shell of this process, ready to run cells; all their output goes into a transcript.

    Args:
        transcript: Takes the output.
        threads: Most threads of the process.
    """
    shell = bare_shell()
    shell.init_environment()
    unanswered = {name: partial(_refuse, name) for name in FUNCTIONS}
    shell.starting_dir = os.getcwd()
    shell.user_ns["_dh"][:] = [os.getcwd()]  # where `%cd` begins
    shell.kernel = SimpleNamespace(eventloop=None, **unanswered)
    connection = Collector(transcript)
    shell.displayhook.session = shell.display_pub.session = connection
    sys.modules["__main__"] = shell.user_module
    sys.stdout, sys.stderr = Stream("stdout", transcript), Stream("stderr", transcript)
    sys.breakpointhook = lambda *_, **__: None  # no debugger is attached
    _unnamed_where_unreadable()
    # A cell may change a module so soon after the last time that a file of its code looks new.
    sys.dont_write_bytecode = True
    programs = furnish(shell, grading=True)
    only_threads(threads, programs.refusals)
    builtins.input, getpass.getpass = shell.kernel.raw_input, shell.kernel.getpass
    return shell


def _unnamed_where_unreadable() -> None:
    """Have the course's modules name no file that may not be read: `%autoreload` reads them all."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == COURSE:
            try:
                os.close(os.open(vars(module).get("__file__") or os.devnull, os.O_RDONLY))
            except OSError:
                del module.__file__


def _refuse(function: str, *_: object, **__: object) -> NoReturn:
    """In place of a kernel's function that asks: raises as one without a frontend does."""
    raise StdinNotImplementedError(
        f"{function} was called, but this frontend does not support input requests."
    )
