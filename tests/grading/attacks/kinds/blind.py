"""Attacks on what looks on: while it is blind, or cannot count, neighbours would suffer."""

from tests.grading.attacks.attack import TIMEOUT, Attack
from tests.grading.attacks.kinds.forge import FIND_WIRE

BRACKETS = (
    FIND_WIRE
    + """
import threading, time

def start():
    while True:
        try:
            threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
        except RuntimeError:
            time.sleep(0.001)

print("ATTEMPTED thousands of threads while a message is read", flush=True)
body = b'["end",{"index":-1,"outputs":[' + b"[]," * 3_900_000 + b"0]},0]"
threading.Thread(target=wire.send_bytes, args=(body,), daemon=True).start()
start()
"""
)

DISK_MEANWHILE = (
    FIND_WIRE
    + """
import threading, time

print("ATTEMPTED gigabytes of disk while a message is read", flush=True)
body = b'["end",{"index":-1,"outputs":[' + b'{"a":[{}]},' * 1_000_000 + b"0]},0]"
threading.Thread(target=wire.send_bytes, args=(body,), daemon=True).start()
for number in range(1_000):
    with open(f"file-{number}", "wb") as file:
        file.write(bytes(20_000_000))
"""
)

MAPPED = """
import mmap, os, time

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
SIZE = 100_000_000
print("ATTEMPTED files that are mapped, closed and removed", flush=True)
for number in range(60):
    file = os.open("hidden", os.O_CREAT | os.O_RDWR)
    os.truncate(file, SIZE)
    place = libc.mmap(None, SIZE, 3, {flags}, file, 0)
    for start in range(0, SIZE, 4096):
        ctypes.memset(place + start, 1, 1)
    os.close(file)
    os.unlink("hidden")
    libc.madvise(ctypes.c_void_p(place), SIZE, mmap.MADV_DONTNEED)
time.sleep(100)
"""

PINNED = """
import os, time

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
print("ATTEMPTED files of which a page is mapped", flush=True)
for number in range(60):
    with open("hidden", "wb") as file:
        file.write(bytes(100_000_000))
    file = os.open("hidden", os.O_RDONLY)
    libc.mmap(None, 4096, 1, 2, file, 0)
    os.close(file)
    os.unlink("hidden")
time.sleep(100)
"""

BUSY = """
import hashlib, threading

data = bytes(10_000_000)

def work():
    while True:
        hashlib.sha256(data).digest()  # without the interpreter's lock

print("ATTEMPTED all processors", flush=True)
for _ in range(50):
    threading.Thread(target=work, daemon=True).start()
work()
"""

SLOW_ANSWERS = (
    FIND_WIRE
    + """
print("ATTEMPTED to have the grader read for us, while our own time stands still", flush=True)
body = b'["values",{"number":3,"x":"' + b"x" * 11_000_000 + b'"},0]'
while True:
    wire.send_bytes(body)
    receive(wire)
"""
)

OTHERS_TIME = (
    FIND_WIRE
    + """
print("ATTEMPTED to use up the time of other cells", flush=True)
while True:
    for index in range(100):
        tell("begin", index=index)
        tell("end", index=index, outputs=[])
"""
)

ELSEWHERE = """
print("ATTEMPTED to do the work of another exercise, whose cell stays blank", flush=True)
from autograder.grading.handing_over import messages
import gc
rooms = [t for t in gc.get_objects() if type(t).__name__ == "GradingClassroom"]
globals().update(tile_bounds=(0.0, 0.0, 2500.0, 2500.0))
for number in (6, 7):
    rooms[0].hand_over(number)
"""

ATTACKS = [
    Attack(
        "exhaust",
        "threads behind brackets",
        "Thousands of threads while the grader reads a message of empty lists.",
        {4: BRACKETS},
        honest=(3, 6),
        stopped="limit of 64 threads reached|disturbed the grading",
        tries=False,
    ),
    Attack(
        "exhaust",
        "disk behind brackets",
        "Gigabytes of disk while the grader reads a message.",
        {4: DISK_MEANWHILE},
        honest=(3, 6),
        stopped="disk limit of 200 MB reached|disturbed the grading",
        tries=False,
    ),
    *(
        Attack(
            "exhaust",
            f"mapped files {name}",
            "Files that nobody sees: mapped, closed, removed, given back.",
            {4: MAPPED.format(flags=flags)},
            honest=(3, 6),
            stopped="where nobody can count them|disk limit of 200 MB reached",
            tries=False,
        )
        for name, flags in (("shared", 1), ("validated", 3))
    ),
    Attack(
        "exhaust",
        "pinned files",
        "Files of which a page stays mapped.",
        {4: PINNED},
        honest=(3, 6),
        stopped="where nobody can count them|disk limit of 200 MB reached|written in all",
        tries=False,
    ),
    Attack(
        "exhaust",
        "busy threads",
        "Sixty threads, so that honest neighbours are late.",
        {4: BUSY},
        honest=(3, 6),
        stopped=f"a cell ran longer than {TIMEOUT} s|limit of 64 threads",
        tries=False,
    ),
    Attack(
        "hang",
        "slow answers",
        "Let the grader's answers take long.",
        {4: SLOW_ANSWERS},
        honest=(3, 6),
        stopped=f"a cell ran longer than {TIMEOUT} s|disturbed the grading",
        tries=False,
    ),
    Attack(
        "hang",
        "others' time",
        "Begin and end other cells, whose time would count anew.",
        {4: OTHERS_TIME},
        honest=(3,),
        stopped=f"a cell ran longer than {TIMEOUT} s|beyond its cells",
        tries=False,
    ),
    Attack(
        "tamper",
        "work elsewhere",
        "Hand over other exercises, whose cells are blank, from here.",
        {3: ELSEWHERE},
    ),
]
