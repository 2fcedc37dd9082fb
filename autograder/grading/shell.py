"""A notebook's IPython shell without a kernel: what it would send is put into a transcript."""

import builtins
import getpass
import sys
from types import SimpleNamespace
from typing import Any, NoReturn

from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from IPython.utils.text import LSString, SList
from jupyter_client.session import Session as Messages
from traitlets.config import Config

from autograder.grading.transcript import Stream, Transcript


class Collector(Messages):
    """Stands in the place of a kernel's connection, and sends to a transcript."""

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


class Shell(ZMQInteractiveShell):
    """The shell of a Jupyter kernel; libraries that look for one find it.

    It has no profile, keeps no history on disk, starts no programs and asks nobody for input.
    """

    def init_ipython_dir(self, ipython_dir: str | None) -> None:
        """There is none: nothing that lies in a folder takes part."""

    def init_profile_dir(self, profile_dir: Any) -> None:
        """There is none."""

    def enable_gui(self, gui: str | None = None) -> None:
        """No window can open; ``%matplotlib inline`` asks for none."""

    def system(self, cmd: str) -> None:
        """Say that ``!cmd`` starts nothing here; the cell goes on, as after any that failed."""
        print(f"While grading, no program is started: {cmd}", file=sys.stderr)
        self.user_ns["_exit_code"] = 1

    system_piped = system_raw = system

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> SList | LSString:
        """The output of a program that is not started."""
        self.system(cmd)
        return SList() if split else LSString("")


def make_shell(transcript: Transcript) -> Shell:
    """A fresh shell, as this process's only one, that shows everything in a transcript."""
    config = Config()
    config.HistoryManager.enabled, config.HistoryManager.hist_file = False, ":memory:"
    Shell.clear_instance()
    shell: Shell = Shell.instance(config=config)
    shell.kernel = SimpleNamespace(eventloop=None)
    connection = Collector(transcript)
    shell.displayhook.session = shell.display_pub.session = connection
    sys.stdout, sys.stderr = Stream("stdout", transcript), Stream("stderr", transcript)
    builtins.input = getpass.getpass = _no_input
    return shell


def _no_input(*_: object, **__: object) -> NoReturn:
    raise StdinNotImplementedError(
        "raw_input was called, but this frontend does not support input requests."
    )
