"""Attacks that never end."""

from tests.grading.attacks.attack import TIMEOUT, Attack
from tests.grading.attacks.kinds.forge import FIND_WIRE

DEAF = """
import signal, time

print("ATTEMPTED to ignore interrupts", flush=True)
signal.signal(signal.SIGINT, signal.SIG_IGN)
while True:
    pass
"""

SLEEP = """
import time

print("ATTEMPTED to sleep", flush=True)
time.sleep(10_000)
"""

CATCH_ALL = """
import time

print("ATTEMPTED to catch every interrupt", flush=True)
while True:
    try:
        time.sleep(100)
    except BaseException as problem:
        continue
"""

IN_C = """
import ctypes

print("ATTEMPTED to block outside of Python", flush=True)
library = ctypes.PyDLL(None)
while True:
    library.sleep(1_000)
"""

PATTERN = """
import re

print("ATTEMPTED a pattern that takes for ever", flush=True)
re.match("(a+)+$", "a" * 60 + "!")
"""

LOCKED = """
import threading

print("ATTEMPTED a deadlock", flush=True)
lock = threading.Lock()
lock.acquire()
lock.acquire()
"""

AT_EXIT = """
import atexit, threading, time

def wait():
    while True:
        time.sleep(10)

class Stays:
    def __del__(self):
        wait()

keep = Stays()
keep.itself = keep
attempt("a deadlock at the end", lambda: atexit.register(wait) and None)
threading.Thread(target=wait, daemon=False).start()
"""

OBJECTS = """
import time

class Slow:
    def _wait(self, *arguments, **options):
        while True:
            try:
                time.sleep(10)
            except BaseException:
                continue

    __repr__ = __str__ = __array__ = __len__ = __iter__ = __getitem__ = __eq__ = __bool__ = _wait
    __float__ = __index__ = __hash__ = __getattr__ = __format__ = _wait

    @property
    def shape(self):
        self._wait()

    @property
    def __array_interface__(self):
        self._wait()

print("ATTEMPTED objects that hang when they are looked at", flush=True)
rgb_data, rgb, tile_crs, tile_bounds = [Slow() for _ in range(4)]
"""

SHOWN = """
import time

class Slow:
    def __repr__(self):
        time.sleep(1_000)

print("ATTEMPTED to hang when shown", flush=True)
Slow()
"""

ASK = """
import getpass, sys

attempt("a question", lambda: input("?"))
attempt("a password", lambda: getpass.getpass("?"))
attempt("standard input", lambda: sys.stdin.read() or open("/dev/stdin").read() or 1 / 0)
"""

HALF_A_MESSAGE = (
    FIND_WIRE
    + """
import os, struct, time

os.write(wire.fileno(), struct.pack("!i", 1_000) + b"[")
while True:
    try:
        time.sleep(100)
    except BaseException:
        continue
"""
)

DEAF_TO_ANSWERS = (
    FIND_WIRE
    + """
import signal, time

signal.signal(signal.SIGINT, signal.SIG_IGN)
while True:
    send(wire, Message("values", {"number": 3}))
"""
)

UNWATCHED = """
import signal, time

signal.signal(signal.SIGINT, signal.SIG_IGN)
attempt("a name that cannot be read", lambda: ctypes.CDLL(None).prctl(15, b"\\x0c\\x0cx", 0, 0, 0))
time.sleep(1_000)
"""

LONG_PATHS = """
import time

def dig():
    for _ in range(20):
        os.mkdir("x" * 250)
        os.chdir("x" * 250)

attempt("folders that cannot be looked into", dig)
while True:
    try:
        time.sleep(1_000)
    except BaseException:
        continue
"""

NEVER_LATE = (
    FIND_WIRE
    + """
import signal, time

signal.signal(signal.SIGINT, signal.SIG_IGN)
while True:
    tell("begin", index=3)
    time.sleep(0.1)
"""
)

CLOCKS = """
import ctypes, signal, time

def turn_back():
    time.time = time.monotonic = lambda: 0.0
    signal.setitimer = signal.alarm = lambda *arguments: 0
    signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))
    return time.time()

attempt("clocks that stand still", turn_back)
while True:
    pass
"""

AFTER_CELL = """
import time

def wait(*arguments):
    time.sleep(1_000)

attempt("a hook after the cell", lambda: get_ipython().events.register("post_run_cell", wait))
"""

TOO_LONG = f"a cell ran longer than {TIMEOUT} s"

ATTACKS = [
    Attack(
        "hang",
        "ignored interrupt",
        "A loop that ignores interrupts.",
        {4: DEAF},
        honest=(3, 6),
        tries=False,
        stopped=f"{TOO_LONG} in exercise-4",
    ),
    Attack(
        "hang",
        "sleep",
        "A cell that sleeps.",
        {4: SLEEP},
        honest=(3, 5, 6),
        stopped=f"{TOO_LONG} in exercise-4",
    ),
    Attack(
        "hang",
        "caught interrupt",
        "A loop that catches everything.",
        {4: CATCH_ALL},
        honest=(3, 6),
        tries=False,
        stopped=f"{TOO_LONG} in exercise-4",
    ),
    Attack(
        "hang",
        "blocked in C",
        "A call into C that holds the interpreter's lock.",
        {4: IN_C},
        honest=(3, 6),
        tries=False,
        stopped=f"{TOO_LONG} in exercise-4",
    ),
    Attack(
        "hang",
        "pattern",
        "A regular expression that takes for ever.",
        {4: PATTERN},
        honest=(3, 5, 6),
        stopped=f"{TOO_LONG} in exercise-4",
    ),
    Attack(
        "hang",
        "deadlock",
        "A lock that waits for itself.",
        {4: LOCKED},
        honest=(3, 5, 6),
        stopped=f"{TOO_LONG} in exercise-4",
    ),
    Attack(
        "hang",
        "deadlock at the end",
        "The process cannot end.",
        {4: AT_EXIT},
        honest=(3, 5, 6),
    ),
    Attack(
        "hang",
        "results that hang",
        "Objects that hang when the checker reads them.",
        {3: OBJECTS},
        honest=(6,),
    ),
    Attack(
        "hang",
        "shown object",
        "An object that hangs when it is shown.",
        {3: SHOWN},
        honest=(5, 6),
        stopped=f"{TOO_LONG} in exercise-3",
    ),
    Attack(
        "hang",
        "questions",
        "Wait for an answer of the user.",
        {4: ASK},
        honest=(3, 5, 6),
        says=("got: ''",),
    ),
    Attack(
        "hang",
        "half a message",
        "Half a message to the grader, then nothing.",
        {4: HALF_A_MESSAGE},
        honest=(3, 6),
        tries=False,
        stopped=f"{TOO_LONG} in exercise-4",
    ),
    Attack(
        "hang",
        "unread answers",
        "Questions to the grader whose answers are never read.",
        {4: DEAF_TO_ANSWERS},
        honest=(3, 6),
        tries=False,
        stopped=f"{TOO_LONG} in exercise-4",
    ),
    Attack(
        "hang",
        "unwatched",
        "Blinds the watch with a name that no process has, then stays.",
        {4: UNWATCHED},
        honest=(3, 6),
        tries=False,
        stopped=f"{TOO_LONG} in exercise-4",
    ),
    Attack(
        "hang",
        "long paths",
        "Blinds the watch with folders whose paths are too long, then stays.",
        {4: LONG_PATHS},
        honest=(3, 6),
        tries=False,
        stopped="names of folders in one another that are too long in exercise-4",
    ),
    Attack(
        "hang",
        "never late",
        "Tells the grader again and again that another cell begins.",
        {4: NEVER_LATE},
        honest=(3, 6),
        tries=False,
        stopped="in exercise-4",
    ),
    Attack(
        "hang",
        "clocks",
        "No clock and no alarm works any more.",
        {4: CLOCKS},
        honest=(3, 6),
        tries=False,
        stopped=f"{TOO_LONG} in exercise-4",
    ),
    Attack(
        "hang",
        "hook",
        "A hook after each cell hangs.",
        {4: AFTER_CELL},
        honest=(3, 6),
        stopped=TOO_LONG,
    ),
]
