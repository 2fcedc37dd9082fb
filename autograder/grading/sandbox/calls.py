"""Which system calls a submission may make: what is not named here is refused.

Names instead of numbers: the same list serves x86-64 and ARM. Only calls that act on the process
itself, on files (which Landlock guards) and on its sockets are named.
"""

import errno
import fcntl
import resource
import signal
import socket
import stat
import termios
from dataclasses import dataclass

CLONE_FILES, CLONE_THREAD = 0x00000400, 0x00010000
NEW_NAMESPACES = 0x7E020080
"""All ``CLONE_NEW…`` flags."""
MSG_FASTOPEN = 0x20000000
CLOSE_RANGE_CLOEXEC = 4
SOCK_TYPE_MASK = 0xF
"""The bits of a socket's type without the flags that may be or-ed to it."""
LAST_SOCKET_OPTION = 21
"""Clients set none above: those are filters, devices, protocols stacked on TCP."""
FULL = 0xFFFFFFFF

# From linux/prctl.h, linux/fcntl.h and asm/ioctls.h; Python has no names for these.
PR_GET_DUMPABLE, PR_SET_NAME, PR_GET_NAME, PR_SET_VMA = 3, 15, 16, 0x53564D41
F_OFD_GETLK, F_OFD_SETLK, F_OFD_SETLKW, F_GET_SEALS = 36, 37, 38, 1034


@dataclass(frozen=True)
class Argument:
    """A condition on the lower 32 bits of an argument: ``argument & mask`` is one of ``values``."""

    position: int
    values: tuple[int, ...]
    mask: int = FULL


@dataclass(frozen=True)
class Conditional:
    """A call that depends on its arguments.

    Attributes:
        conditions: What must hold for the call to be made.
        otherwise: Error where a condition does not hold; 0 reports success without doing anything.
        instead: Error where all conditions hold; None to make the call.
        pretended: Arguments with which success is reported and nothing done.
    """

    conditions: tuple[Argument, ...]
    otherwise: int = errno.EPERM
    instead: int | None = None
    pretended: Argument | None = None


_WITH_ANY_ARGUMENTS = """
    read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek sendfile
    copy_file_range open openat openat2 creat close dup dup2 dup3
    stat fstat lstat newfstatat statx statfs fstatfs access faccessat faccessat2
    readlink readlinkat getcwd chdir fchdir getdents64 getdents
    rename renameat renameat2 link linkat unlink unlinkat rmdir truncate ftruncate
    fsync fdatasync fadvise64 readahead
    munmap mprotect madvise brk msync
    futex futex_waitv futex_wait futex_wake futex_requeue set_robust_list get_robust_list
    set_tid_address rseq membarrier arch_prctl gettid exit exit_group restart_syscall
    rt_sigaction rt_sigprocmask rt_sigreturn rt_sigsuspend rt_sigpending rt_sigtimedwait
    sigaltstack pause signalfd signalfd4
    getpid getppid getuid geteuid getgid getegid getgroups getresuid getresgid getpgid getpgrp
    getsid capget wait4 waitid
    getrlimit getrusage times uname sysinfo getpriority
    sched_yield sched_getaffinity sched_getparam sched_getscheduler sched_get_priority_max
    sched_get_priority_min getcpu get_mempolicy
    time gettimeofday clock_gettime clock_getres clock_nanosleep nanosleep
    alarm getitimer setitimer timer_create timer_settime timer_gettime timer_getoverrun
    timer_delete timerfd_create timerfd_settime timerfd_gettime
    poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait
    epoll_pwait2 pipe pipe2 eventfd eventfd2
    shutdown getsockname getpeername getsockopt recvfrom recvmsg recvmmsg
    getrandom
"""

ALLOWED = frozenset(_WITH_ANY_ARGUMENTS.split())
"""Allowed with any arguments."""

ASKED = frozenset({"connect"})
"""Answered by the supervisor (`network_broker`)."""


def conditional(pid: int) -> dict[str, Conditional]:
    """Calls that the process ``pid`` may make with certain arguments only, by name."""
    # Not SIGKILL, nor by a limit on its CPU time: a child that was killed was so by the machine.
    itself = Argument(0, (pid,))
    signals = tuple(number for number in range(65) if number != signal.SIGKILL)
    limits = tuple(number for number in range(16) if number != resource.RLIMIT_CPU)
    not_fast_open = (0,), MSG_FASTOPEN
    own_folder = (stat.S_IRWXU,), stat.S_IRWXU
    thread = CLONE_THREAD | CLONE_FILES
    return {
        # Threads only: no process outlives the watched one. All threads share one descriptor table:
        # a second table would have a limit of its own, and the watch would not see it.
        "clone": Conditional((Argument(0, (thread,), thread | NEW_NAMESPACES),)),
        "close_range": Conditional((Argument(2, (0, CLOSE_RANGE_CLOEXEC)),), errno.EINVAL),
        "kill": Conditional((itself, Argument(1, signals))),
        "tgkill": Conditional((itself, Argument(2, signals))),
        "prlimit64": Conditional((Argument(0, (0, pid)), Argument(1, limits))),
        "setrlimit": Conditional((Argument(0, limits),)),
        "prctl": Conditional(
            (Argument(0, (PR_GET_DUMPABLE, PR_SET_NAME, PR_GET_NAME, PR_SET_VMA)),), errno.EINVAL
        ),
        # Other sockets are "not supported" rather than forbidden: EPERM ends some libraries.
        "socket": Conditional(
            (
                Argument(0, (socket.AF_INET, socket.AF_INET6)),
                Argument(1, (socket.SOCK_STREAM,), SOCK_TYPE_MASK),
                Argument(2, (0, socket.IPPROTO_TCP)),
            ),
            errno.EOPNOTSUPP,
        ),
        # asyncio wakes its loop through a pair; both ends stay in the process.
        "socketpair": Conditional((Argument(0, (socket.AF_UNIX,)),), errno.EOPNOTSUPP),
        "setsockopt": Conditional(
            (Argument(2, tuple(range(1, LAST_SOCKET_OPTION + 1))),),
            errno.ENOPROTOOPT,
            # Socket buffers are kernel memory that no limit counts.
            pretended=Argument(2, (socket.SO_SNDBUF, socket.SO_RCVBUF)),
        ),
        # TCP fast open connects without asking Landlock. A datagram socket of a pair could send to
        # any socket with a path, which Landlock does not guard: so no address may be given.
        "sendto": Conditional((Argument(3, *not_fast_open), Argument(5, (0,))), errno.EOPNOTSUPP),
        # Not anonymous shared memory: it outlives its mapping, unseen by the kernel's limits and by
        # the watch. Not MAP_GROWSDOWN (256): RLIMIT_DATA does not count what the kernel takes for
        # a stack. MAP_SHARED 1, MAP_PRIVATE 2, MAP_ANONYMOUS 32.
        "mmap": Conditional((Argument(3, (0x01, 0x02, 0x03, 0x22), 0x12F),), errno.ENOMEM),
        # Not F_SETOWN: it has the kernel send signals to other processes.
        "fcntl": Conditional(
            (
                Argument(
                    1,
                    (
                        *(fcntl.F_DUPFD, fcntl.F_DUPFD_CLOEXEC, fcntl.F_GETFD, fcntl.F_SETFD),
                        *(fcntl.F_GETFL, fcntl.F_SETFL, F_GET_SEALS),
                        *(fcntl.F_GETLK, F_OFD_GETLK),
                    ),
                ),
            ),
            # Locks are kernel memory that nothing limits, and no other process uses these files.
            pretended=Argument(1, (fcntl.F_SETLK, fcntl.F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW)),
        ),
        "ioctl": Conditional(
            (
                Argument(
                    1,
                    (
                        *(termios.TCGETS, termios.TIOCGWINSZ),
                        *(termios.FIOCLEX, termios.FIONCLEX, termios.FIONBIO, termios.FIONREAD),
                    ),
                ),
            ),
            errno.ENOTTY,
        ),
        # A folder that its owner cannot read would hide its content from the watch.
        "mkdir": Conditional((Argument(1, *own_folder),)),
        "mkdirat": Conditional((Argument(2, *own_folder),)),
        "umask": Conditional((Argument(0, (0,), stat.S_IRWXU),)),
        # As with modes (see `ANSWERED`): success without effect. Without times it fails, because
        # `Path.touch` calls it first, and makes the file only after an error.
        "utimensat": Conditional((Argument(2, (0,)),), otherwise=0, instead=errno.EPERM),
    }


UNTIL_SHUT = {"seccomp": errno.EPERM, "sendmsg": errno.EOPNOTSUPP}
"""Allowed only until the listening descriptor is handed over, with the error from then on.

The kernel counts descriptors under way in a socket for the user, whose other processes would then
get none; and the watch does not see what they hold open.
"""

ANSWERED = {
    # glibc then makes threads with `clone`, whose flags a filter can read.
    "clone3": errno.ENOSYS,
    # Landlock does not guard modes, times and owners. Copying a file sets modes and times, so these
    # calls report success and do nothing.
    **dict.fromkeys(["chmod", "fchmod", "fchmodat", "fchmodat2"], 0),
    **dict.fromkeys(
        ["listxattr", "llistxattr", "flistxattr", "getxattr", "lgetxattr", "fgetxattr"],
        errno.EOPNOTSUPP,
    ),
    **dict.fromkeys(["setxattr", "lsetxattr", "fsetxattr"], errno.EOPNOTSUPP),
    # glibc then copies. A piece of the stack could be moved and grow, counted by no limit.
    "mremap": errno.ENOMEM,
    # glibc then writes zeros, which are counted.
    "fallocate": errno.EOPNOTSUPP,
    "sendmmsg": errno.EOPNOTSUPP,
}
"""Calls that are not made, with the error that they return; 0 reports success."""
