"""A small process that outlives this one for a moment, to clean up after it."""

import os
import subprocess
import weakref
from pathlib import Path

_SCRIPT = """
folder=$1; log=$2; shift 2
exec 3>&1
trap '' INT TERM HUP PIPE
end() { if [ -n "$running" ]; then kill -9 $running; wait $running; running=; fi 2>/dev/null; }
while read -r order; do
  if [ "$order" = ask ]; then
    jobs  # so that a shell takes note of what has ended
    if [ -n "$running" ] && kill -0 $running; then echo runs; else running=; echo ends; fi >&3
    continue
  fi >/dev/null 2>&1
  end
  if [ "$order" = start ]; then
    (trap - INT TERM HUP PIPE; exec "$@") </dev/null >>"$log" 2>&1 3>&- &
    running=$!
  fi
  echo done
done
end
if [ -n "$folder" ]; then exec rm -rf "$folder"; fi
"""


class CleanupProcess:
    """A shell that waits for this process to end, however it ends, and then cleans up.

    It reads from a pipe: when the last writer is gone, by `close` or because the kernel closed the
    files of a killed process, it stops `command` and removes `folder`. Processes that are forked
    from this one do not count as writers.

    Args:
        folder: Folder to remove in the end, if any.
        command: Program to run between `start` and `stop`, if any.
        log: File that takes what the program prints.
        env: Environment of the program; None for our own.
    """

    def __init__(
        self,
        folder: Path | None = None,
        command: list[str] | None = None,
        log: Path | None = None,
        env: dict[str, str] | None = None,
    ) -> None:
        words = [str(folder or ""), str(log or os.devnull), *(command or [])]
        self._shell = subprocess.Popen(
            ["/bin/sh", "-c", _SCRIPT, "cleanup", *words],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=env,
            start_new_session=True,
        )
        _open.add(self)

    def start(self) -> None:
        """Start the program; another that runs is stopped before."""
        self._tell(b"start\n")

    def stop(self) -> None:
        """Stop the program, and return when it has ended."""
        self._tell(b"stop\n")

    def runs(self) -> bool:
        """Whether the program was started, and has not ended since."""
        return self._tell(b"ask\n") == b"runs\n"

    def close(self) -> None:
        """Clean up now, and return when it is done."""
        self.release()
        self._shell.wait()

    def release(self) -> None:
        """Close our end of the pipe: the shell no longer waits for this process."""
        for pipe in (self._shell.stdin, self._shell.stdout):
            if pipe:
                pipe.close()

    def _tell(self, order: bytes) -> bytes:
        """Give an order; what is answered, always a word of four letters and an end of line."""
        assert self._shell.stdin
        assert self._shell.stdout
        self._shell.stdin.write(order)
        return self._shell.stdout.read(len(b"done\n"))


_open: weakref.WeakSet[CleanupProcess] = weakref.WeakSet()


def _release_all() -> None:
    for process in _open:
        process.release()


os.register_at_fork(after_in_child=_release_all)
