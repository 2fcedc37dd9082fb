"""Attacks on what there is little of: memory, disk, threads, files, output."""

from tests.grading.attacks.attack import Attack
from tests.grading.attacks.kinds.forge import FIND_WIRE

MEMORY_AT_ONCE = """
import numpy as np
attempt("80 GB at once", lambda: np.ones(10**10))
attempt("a long text", lambda: "x" * 10**11)
attempt("a large number", lambda: 1 << 10**11)
"""


MEMORY_SLOWLY = """
hoard = []

def grow():
    while True:
        hoard.append(b"x" * 20_000_000)

attempt("all there is", grow)
hoard.clear()
"""


SHARED_PAGES = """
import mmap
hoard = []

def take():
    for _ in range(100):
        pages = mmap.mmap(-1, 100_000_000, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS | 0x8000)
        pages[:4] = b"held"
        pages.madvise(mmap.MADV_DONTNEED)  # and they are not even the process's own any more
        hoard.append(pages)

attempt("pages that no limit of the kernel counts", take)
"""


TRAVELLING = """
import array, socket, time

hoard = []

def send():
    for _ in range(10):
        ours, theirs = socket.socketpair()
        hoard.append((ours, theirs))
        numbers = array.array("i", [ours.fileno()] * 250)
        for _ in range(20):
            ours.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, numbers)])

attempt("descriptors on their way, which count for all of a user's processes", send)
time.sleep(3)
"""


TABLES = """
import socket, threading

hoard = []

def fill():
    ctypes.CDLL(None).close_range(1_000_000, 1_000_001, 2)  # from here on, a table of its own
    try:
        while True:
            hoard.append(socket.socketpair())
    except OSError:
        pass

def many():
    threads = [threading.Thread(target=fill) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    few = len(hoard) < 256
    hoard.clear()
    return "few" if few else "many"

attempt("sockets in many tables of descriptors", many)
"""


ONE_TAG = """
from IPython.display import HTML, display

html = "<a " + " ".join(map(chr, range(0x4E00, 0x4E00 + 20_000))) + ">"
attempt("a tag with 20,000 attributes", lambda: [display(HTML(html)) for _ in range(6)] and None)
"""


NESTED = (
    FIND_WIRE
    + """
body = b'["end",{"index":-1,"outputs":[' + b'{"":0},' * 9_100_000 + b"0]},0]"
print("ATTEMPTED json that takes gigabytes when it is read", flush=True)
for _ in range(4):
    wire.send_bytes(body)
    receive(wire)
"""
)


THREADS = """
import threading, time

print("ATTEMPTED a thousand threads", flush=True)
for _ in range(1000):
    threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
time.sleep(100)  # until the watch has seen it
"""


FILES = """
import os, time

print("ATTEMPTED more files than are allowed", flush=True)
for number in range(5_000):
    os.close(os.open(f"file-{number}", os.O_CREAT | os.O_WRONLY))
time.sleep(100)  # until the watch has seen it
"""


DISK = """
import time

print("ATTEMPTED to fill the disk", flush=True)
part = bytes(1_000_000)
for number in range(8):
    with open(f"part-{number}", "wb") as file:
        for _ in range(60):
            file.write(part)
time.sleep(100)  # until the watch has seen it
"""


SPARSE = """
import os

def sparse(size):
    with open("sparse", "wb") as file:
        file.truncate(size)

attempt("a file of 10 TB without content", lambda: sparse(10**13))
attempt("a write far behind the end", lambda: os.pwrite(os.open("far", 0o102), b"x", 10**13))
attempt("space set aside", lambda: os.posix_fallocate(os.open("set-aside", 0o102), 10**13, 10))
"""


OPEN_FILES = """
def opened():
    hoard = []
    while True:
        hoard.append(open("/dev/null"))

attempt("all descriptors", opened)
"""


OUTPUT = """
def flood():
    line = "x" * 1_000_000
    for _ in range(200):
        print(line)
    return "over"

print("ATTEMPTED 200 MB of output", flush=True)
flood()
"""


DISPLAYS = """
from IPython.display import HTML, display

print("ATTEMPTED thousands of outputs", flush=True)
for number in range(3_000):
    display(HTML("<b>" + 4_000 * "x"))
"""


RECURSION = """
import sys

def deeper(depth=0):
    return deeper(depth + 1)

attempt("deep recursion", deeper)

class Looks:
    def __repr__(self):
        return repr(self)

attempt("deep repr", lambda: repr(Looks()))
attempt("deep source", lambda: eval("(" * 100_000))
attempt("deep sum", lambda: eval("+".join(["1"] * 200_000)))
rgb_data = rgb = Looks()
"""


FIGURES = """
import matplotlib.pyplot as plt
import numpy as np

fig, ax = plt.subplots(figsize=(500, 500), dpi=100)
ax.imshow(np.ones((10, 10)))
print("ATTEMPTED a figure of 50,000 pixels", flush=True)
plt.show()
"""


MANY_FIGURES = """
import matplotlib.pyplot as plt

print("ATTEMPTED thousands of figures", flush=True)
for number in range(3_000):
    plt.figure(figsize=(1, 1))
    plt.plot([0, number])
plt.show()
"""


LIMITS_OFF = """
import resource

for name in ("RLIMIT_DATA", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CORE"):
    number = getattr(resource, name)
    most = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    attempt(f"no {name}", lambda: resource.setrlimit(number, most))
"""


ATTACKS = [
    Attack(
        "exhaust",
        "memory at once",
        "More memory than the machine has, in one go.",
        {4: MEMORY_AT_ONCE},
        honest=(3, 5, 6),
        says=("MemoryError",),
    ),
    Attack(
        "exhaust",
        "memory bit by bit",
        "All memory, in small parts.",
        {4: MEMORY_SLOWLY},
        honest=(3, 6),
        says=("MemoryError",),
    ),
    Attack(
        "exhaust",
        "shared pages",
        "Memory of a kind that the kernel's limit does not count.",
        {4: SHARED_PAGES},
        honest=(3, 5, 6),
        says=("Cannot allocate memory",),
    ),
    Attack(
        "exhaust",
        "descriptors on their way",
        "The number of descriptors that one user may send, neighbours included.",
        {4: TRAVELLING},
        honest=(3, 5, 6),
        says=("not supported",),
    ),
    Attack(
        "exhaust",
        "tables of descriptors",
        "Each thread has as many open files as all may have, and none is seen.",
        {4: TABLES},
        honest=(3, 5, 6),
        says=("'few'",),
    ),
    Attack(
        "exhaust",
        "one tag",
        "Html that takes long to be made harmless, when the time of the cells is over.",
        {4: ONE_TAG},
        honest=(3, 5, 6),
    ),
    Attack(
        "exhaust",
        "nested json",
        "A message that takes fifty times its size to be read.",
        {4: NESTED},
        honest=(3, 6),
        tries=False,
        stopped="the Python process ended in exercise-4",
    ),
    Attack(
        "exhaust",
        "threads",
        "A thousand threads.",
        {4: THREADS},
        honest=(3, 6),
        stopped="at most 56 threads run at a time",
        tries=False,
    ),
    Attack(
        "exhaust",
        "small files",
        "Thousands of small files.",
        {4: FILES},
        honest=(3, 6),
        stopped="limit of 2000 files reached in exercise-4",
        tries=False,
    ),
    Attack(
        "exhaust",
        "disk",
        "Fill the disk.",
        {4: DISK},
        honest=(3, 6),
        stopped="disk limit of 200 MB reached in exercise-4",
        tries=False,
    ),
    Attack(
        "exhaust",
        "one large file",
        "A file larger than the disk.",
        {4: SPARSE},
        honest=(3, 6),
        says=("File too large",),
    ),
    Attack(
        "exhaust",
        "open files",
        "All descriptors.",
        {4: OPEN_FILES},
        honest=(3, 5, 6),
        says=("Too many open files",),
    ),
    Attack(
        "exhaust",
        "output",
        "Hundreds of megabytes of output.",
        {4: OUTPUT},
        honest=(3, 5, 6),
        says=("More output is not kept",),
    ),
    Attack(
        "exhaust",
        "displays",
        "Thousands of outputs.",
        {4: DISPLAYS},
        honest=(3, 5, 6),
        says=("More output is not kept",),
    ),
    Attack(
        "exhaust",
        "recursion",
        "Functions that call themselves, in the cell and when results are looked at.",
        {3: RECURSION},
        honest=(5, 6),
        says=("RecursionError",),
    ),
    Attack(
        "exhaust",
        "huge figure",
        "A figure of 50,000 by 50,000 pixels.",
        {4: FIGURES},
        honest=(3, 6),
        tries=False,
    ),
    Attack(
        "exhaust",
        "many figures",
        "Thousands of figures.",
        {4: MANY_FIGURES},
        honest=(3, 6),
        tries=False,
    ),
    Attack(
        "exhaust",
        "limits off",
        "Lift our own limits.",
        {3: LIMITS_OFF},
        says=("not allowed to raise maximum limit",),
    ),
]
