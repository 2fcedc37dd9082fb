"""The only way from a confined process to the network: its parent connects for it.

A filter of system calls sees that a process wants to connect, but not where to, and Landlock sees
only the port. So the kernel hands the call to the parent. It connects to the one address that is
allowed, and puts that connection in the place of the process's socket. The process gets no other,
even if it changes the address in its memory meanwhile.
"""

import errno
import fcntl
import os
import select
import socket
import struct
import threading
from pathlib import Path

HOST = "127.0.0.1"

TIMEOUT = 5.0
"""Seconds to wait for the services to take a connection."""

# From linux/seccomp.h: requests to the listening descriptor, and the structures that they take.
_RECEIVE, _SEND, _IS_WAITING, _ADD = 0xC0502100, 0xC0182101, 0x40082102, 0x40182103
_CALL = struct.Struct("=QIIiIQ6Q")
_ANSWER = struct.Struct("=QqiI")
_DESCRIPTOR = struct.Struct("=QIIII")
_IN_ITS_PLACE = 1

_FIRST_DETAILS = 100
"""Characters of ``/proc/…/fdinfo/…`` that are read: they hold the descriptor's flags."""

_FULL = 0xFFFFFFFF
_LONGEST_ADDRESS = 128


class NetworkBroker:
    """Connects one confined process. Make it before the process is forked.

    The process passes it to `confine`, and its parent calls `open`.
    """

    def __init__(self) -> None:
        self._ours, self._theirs = socket.socketpair()
        self._port = 0

    def open(self, port: int) -> None:
        """In the parent: connect the process to this port of this machine until it ends."""
        self._theirs.close()
        self._port = port
        threading.Thread(target=self._serve, name="broker", daemon=True).start()

    def close(self) -> None:
        """Close it, where `open` was not called."""
        self._ours.close()
        self._theirs.close()

    def fileno(self) -> int:
        """The descriptor that the process needs for `hand_over`."""
        return self._theirs.fileno()

    def hand_over(self, calls: int) -> None:
        """In the process: send the listening descriptor ``calls`` to the parent, and close it."""
        socket.send_fds(self._theirs, [b"!"], [calls])
        os.close(calls)
        self._theirs.close()

    def _serve(self) -> None:
        with self._ours:
            _, descriptors, _, _ = socket.recv_fds(self._ours, 1, 1)
        for calls in descriptors:  # none, if the process ended before
            try:
                self._answer_all(calls)
            finally:
                os.close(calls)  # later calls fail

    def _answer_all(self, calls: int) -> None:
        poll = select.poll()
        poll.register(calls, select.POLLIN)
        while not poll.poll()[0][1] & select.POLLHUP:
            try:
                self._answer(calls)
            except OSError as problem:
                if problem.errno != errno.ENOENT:  # the caller was interrupted or ended
                    raise

    def _answer(self, calls: int) -> None:
        request = bytearray(_CALL.size)
        fcntl.ioctl(calls, _RECEIVE, request)
        call, thread, _, _, _, _, descriptor, address, length, *_ = _CALL.unpack(request)
        try:
            self._connect(calls, call, thread, descriptor & _FULL, address, length & _FULL)
            refusal = 0
        except OSError as problem:
            refusal = problem.errno or errno.ETIMEDOUT
        except OverflowError:  # the address lies outside of any process's memory
            refusal = errno.EFAULT
        fcntl.ioctl(calls, _SEND, _ANSWER.pack(call, 0, -refusal, 0))

    def _connect(
        self, calls: int, call: int, thread: int, descriptor: int, address: int, length: int
    ) -> None:
        process = Path("/proc", str(thread))
        with open(process / "mem", "rb", buffering=0) as memory:
            memory.seek(address)
            wanted = memory.read(min(length, _LONGEST_ADDRESS))
        # The call still waits, so this was the caller's memory, not that of a later process with
        # the same number.
        fcntl.ioctl(calls, _IS_WAITING, struct.pack("=Q", call))
        if not _is_allowed(wanted, self._port):
            raise PermissionError(errno.EACCES, "another address")
        with open(process / "fdinfo" / str(descriptor)) as file:
            details = file.read(_FIRST_DETAILS).split()  # locks follow, in any number
        waits = not int(details[details.index("flags:") + 1], 8) & os.O_NONBLOCK
        with socket.create_connection((HOST, self._port), TIMEOUT) as connection:
            # As the process may have set up its own socket.
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.setblocking(waits)
            placed = (call, _IN_ITS_PLACE, connection.fileno(), descriptor, os.O_CLOEXEC)
            fcntl.ioctl(calls, _ADD, _DESCRIPTOR.pack(*placed))


def _is_allowed(address: bytes, port: int) -> bool:
    """Whether the address is that of the services; for any other the process gets an error."""
    plain = struct.pack("=H", socket.AF_INET) + struct.pack("!H", port) + socket.inet_aton(HOST)
    return address.startswith(plain)
