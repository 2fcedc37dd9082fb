"""The only way from a confined process to the network: connections that its parent makes for it.

A filter of system calls sees that a process wants to connect, but not where to, and Landlock sees
only the port. So the kernel hands the call to the parent, which connects by itself to the one
address that is allowed, and puts that connection in the place of the process's socket. Whatever
address the process meant, and whatever it writes there meanwhile, it gets no other.
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

# From linux/seccomp.h: requests to the descriptor, and what they carry.
_RECEIVE, _SEND, _IS_WAITING, _ADD = 0xC0502100, 0xC0182101, 0x40082102, 0x40182103
_CALL = struct.Struct("=QIIiIQ6Q")
_ANSWER = struct.Struct("=QqiI")
_DESCRIPTOR = struct.Struct("=QIIII")
_IN_ITS_PLACE = 1

_FIRST_DETAILS = 100
"""Characters of what the system tells of a descriptor that hold its flags."""

_FULL = 0xFFFFFFFF
_LONGEST_ADDRESS = 128


class NetworkBroker:
    """Connects one confined process; made before the process is forked.

    The process hands it to `confine`, its parent calls `open`.
    """

    def __init__(self) -> None:
        self._ours, self._theirs = socket.socketpair()
        self._port = 0

    def open(self, port: int) -> None:
        """Connect the process to this port of this machine from now on, until it ends."""
        self._theirs.close()
        self._port = port
        threading.Thread(target=self._serve, name="broker", daemon=True).start()

    def close(self) -> None:
        """Leave it shut, where `open` was not called."""
        self._ours.close()
        self._theirs.close()

    def fileno(self) -> int:
        """The descriptor that the process needs for `hand_over`."""
        return self._theirs.fileno()

    def hand_over(self, calls: int) -> None:
        """In the process: give away the descriptor of its calls, and keep nothing."""
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
                os.close(calls)  # who calls later is refused

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
        except OverflowError:  # of an address that no process has
            refusal = errno.EFAULT
        fcntl.ioctl(calls, _SEND, _ANSWER.pack(call, 0, -refusal, 0))

    def _connect(
        self, calls: int, call: int, thread: int, descriptor: int, address: int, length: int
    ) -> None:
        process = Path("/proc", str(thread))
        with open(process / "mem", "rb", buffering=0) as memory:
            memory.seek(address)
            wanted = memory.read(min(length, _LONGEST_ADDRESS))
        # Now it is sure that this was the caller's memory, not that of a later namesake.
        fcntl.ioctl(calls, _IS_WAITING, struct.pack("=Q", call))
        if not _is_allowed(wanted, self._port):
            raise PermissionError(errno.EACCES, "another address")
        with open(process / "fdinfo" / str(descriptor)) as file:
            details = file.read(_FIRST_DETAILS).split()  # of locks there may be any number
        waits = not int(details[details.index("flags:") + 1], 8) & os.O_NONBLOCK
        with socket.create_connection((HOST, self._port), TIMEOUT) as connection:
            # What the process may have asked of its own socket.
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.setblocking(waits)
            placed = (call, _IN_ITS_PLACE, connection.fileno(), descriptor, os.O_CLOEXEC)
            fcntl.ioctl(calls, _ADD, _DESCRIPTOR.pack(*placed))


def _is_allowed(address: bytes, port: int) -> bool:
    """Whether the process means the services; else it is told, instead of reaching them."""
    plain = struct.pack("=H", socket.AF_INET) + struct.pack("!H", port) + socket.inet_aton(HOST)
    return address.startswith(plain)
