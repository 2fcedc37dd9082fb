"""Attacks that end the process, or worse."""

from tests.grading.attacks.attack import TIMEOUT, Attack

EXIT = """
import os
os._exit(0)
"""

SEGFAULT = """
import ctypes
ctypes.string_at(0)
"""

ABORT = """
import os
os.abort()
"""

LEAVE = """
import sys
sys.exit(0)
"""

QUIT = """
exit()
"""

STACK = """
import sys

sys.setrecursionlimit(10**9)

def deeper(thing):
    return sorted([thing], key=deeper)

deeper(1)
"""

KILL = """
import os, signal

for name, pid in {"all": -1, "our group": 0, "parent": os.getppid(), "init": 1,
                  "grader": places["grader"], "its group": -os.getpgid(os.getppid())}.items():
    for number in (0, signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP):
        attempt(f"signal {number} to {name}", lambda: os.kill(pid, number))
attempt("a group", lambda: os.killpg(os.getpgid(0), signal.SIGKILL))
attempt("by thread", lambda: signal.pidfd_send_signal(os.pidfd_open(os.getppid()), 9))
"""

KILL_OURSELVES = """
import os, signal
os.kill(os.getpid(), signal.SIGKILL)
"""

STOP_OURSELVES = """
import os, signal
os.kill(os.getpid(), signal.SIGSTOP)
"""

HOOKED_EXIT = """
class Out(SystemExit):
    pass

def leave(*arguments):
    raise Out("over")

attempt("a hook that ends the process", lambda: [
    get_ipython().events.register(name, leave) for name in ("post_run_cell", "pre_run_cell")])
"""

CLOSE = """
import os
os.closerange(0, 1_000)
"""

CORRUPT = """
import ctypes
import numpy as np

array = np.ones(100)
ctypes.memset(id(array), 0x41, 64)
ctypes.memset(id(None), 0x41, 16)
array.sum()
"""

NOTHING_LEFT = """
import builtins, gc, sys

print("ATTEMPTED to take everything away", flush=True)
sys.stdout = sys.stderr = None
for name in list(sys.modules):
    sys.modules[name] = None
builtins.__dict__.clear()
"""

RAISES = """
class Worst(BaseException):
    def __str__(self):
        raise Worst
    __repr__ = __getattr__ = __str__

class Poison:
    def __getattribute__(self, name):
        raise Worst

class Meta(type):
    def __instancecheck__(cls, other):
        raise Worst
    def __getattribute__(cls, name):
        raise Worst

class Typed(metaclass=Meta):
    pass

print("ATTEMPTED exceptions that cannot be shown", flush=True)
rgb_data, rgb, tile_crs, tile_bounds = Poison(), Poison(), Worst(), Typed
raise Worst
"""

ENDED = "the Python process ended"
"""Where no signal is named, the place follows."""

DEEP_OBJECT = """
from utils import get_file_system

fs = get_file_system()
attempt("an object deep in folders", lambda: fs.pipe_file("my-bucket/" + "a/" * 505 + "x", b"x"))
"""

MOVED_STACK = """
def take():
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mremap.restype = ctypes.c_void_p
    libc.mremap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t, ctypes.c_int]
    name = ctypes.POINTER(ctypes.c_void_p).in_dll(libc, "program_invocation_name")
    page = ctypes.cast(name, ctypes.c_void_p).value & ~4095
    if libc.mremap(page, 4096, 8_000_000_000, 1) == 2**64 - 1:
        raise OSError(os.strerror(ctypes.get_errno()))
    return "8 GB"

attempt("a stack that grows elsewhere", take)
"""

ATTACKS = [
    Attack(
        "crash",
        name,
        aim,
        {4: code},
        honest=(3, 6),
        tries=False,
        stopped=reason,
    )
    for name, aim, code, reason in [
        ("exit at once", "The process ends without a word.", EXIT, f"{ENDED} in exercise-4"),
        (
            "segmentation fault",
            "The process is ended by the kernel.",
            SEGFAULT,
            f"{ENDED} with SIGSEGV",
        ),
        ("abort", "The process ends itself.", ABORT, f"{ENDED} with SIGABRT"),
        ("stack overflow", "The stack of the interpreter overflows.", STACK, ""),
        ("kill ourselves", "SIGKILL to ourselves, as the kernel kills.", KILL_OURSELVES, ""),
        (
            "stop ourselves",
            "SIGSTOP to ourselves.",
            STOP_OURSELVES,
            f"a cell ran longer than {TIMEOUT} s in",
        ),
        (
            "closed descriptors",
            "Nothing stays open, the wire neither.",
            CLOSE,
            f"{ENDED} in exercise-4",
        ),
        ("corrupt memory", "Overwrite objects of the interpreter.", CORRUPT, ENDED),
        ("nothing left", "Take all modules and functions away.", NOTHING_LEFT, ""),
    ]
] + [
    Attack("crash", "leave", "sys.exit().", {4: LEAVE}, honest=(3, 5, 6), tries=False),
    Attack("crash", "quit", "exit() ends the kernel.", {4: QUIT}, honest=(3, 6), tries=False),
    Attack(
        "crash",
        "kill others",
        "Signals to the grader, our group, everybody.",
        {4: KILL},
        honest=(3, 5, 6),
        says=("refused: PermissionError", "ATTEMPTED a group"),
    ),
    Attack(
        "crash",
        "hooked exit",
        "Hooks around cells raise a kind of SystemExit.",
        {4: HOOKED_EXIT},
        honest=(3, 6),
        tries=False,
        stopped=f"{ENDED} in exercise-4",
    ),
    Attack(
        "crash",
        "exceptions",
        "Exceptions that raise when they are shown, and objects that raise when they are read.",
        {3: RAISES},
        honest=(6,),
        tries=False,
    ),
    Attack(
        "hang",
        "deep object",
        "An object so deep in folders that the grader fails, and somebody looks for full marks.",
        {10: DEEP_OBJECT},
        honest=(3, 6),
    ),
    Attack(
        "exhaust",
        "moved stack",
        "Memory that counts as a stack.",
        {4: MOVED_STACK},
        honest=(3, 5, 6),
        says=("Cannot allocate memory",),
    ),
]
