"""Attacks on files of others: the grader's, other learners', the system's."""

from tests.grading.attacks.attack import Attack

WRITE_OUTSIDE = """
import os, pathlib

mark = places["mark"]

def write(path):
    with open(path, "w") as file:
        file.write(mark)

for place in ("outside", "outside/folder", "home", "temporary", "results", "submitted", "root"):
    folder = places[place.split("/")[0]] + place.removeprefix(place.split("/")[0])
    attempt(f"new file in {place}", lambda: write(f"{folder}/{mark}"))
    attempt(f"new folder in {place}", lambda: os.mkdir(f"{folder}/{mark}.d"))
for path in ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run", "/etc/cron.d", "/var/spool"):
    attempt(f"new file in {path}", lambda: write(f"{path}/{mark}"))
bait = places["outside"] + "/bait.txt"
attempt("overwrite", lambda: write(bait))
attempt("append", lambda: open(bait, "a"))
attempt("truncate", lambda: os.truncate(bait, 0))
attempt("remove", lambda: os.remove(bait))
attempt("rename", lambda: os.rename(bait, bait + mark))
attempt("rename over", lambda: (pathlib.Path("mine").write_text(mark), os.rename("mine", bait)))
attempt("remove a folder", lambda: os.rmdir(places["outside"] + "/folder"))
"""

GRADEBOOK = """
import os, sqlite3

path = places["results"] + "/gradebook.db"

def update():
    database = sqlite3.connect(f"file:{path}", uri=True)
    database.execute("UPDATE grade SET auto_score = 5.0, manual_score = 5.0")
    database.commit()

attempt("full marks for all", update)
for name in ("grades.csv", "gradebook.db", "run.json", ".lock", "gradebook.db-journal"):
    attempt("remove " + name, lambda: os.remove(places["results"] + "/" + name))
    attempt("write " + name, lambda: open(places["results"] + "/" + name, "w"))
"""

OTHERS = """
import os, shutil

for who in ("aaa-honest", "honest", "zzz-honest"):
    for place in ("submitted", "results"):
        folder = places[place] + ("/" if place == "submitted" else "/autograded/") + who
        attempt(f"remove {folder}", lambda: shutil.rmtree(folder))
        attempt(f"rename {folder}", lambda: os.rename(folder, folder + places["mark"]))
    notebook = f"{places['submitted']}/{who}/data-acquisition/02-patches-with-rasterio.ipynb"
    attempt(f"write {notebook}", lambda: open(notebook, "w"))
"""

CODE = """
import os, pathlib, sys

targets = [
    places["site"] + "/numpy/__init__.py",
    places["site"] + "/sitecustomize.py",
    places["site"] + "/" + places["mark"] + ".pth",
    places["root"] + "/autograder/checks/judging/judge.py",
    places["root"] + "/autograder/checks/__pycache__/judge.cpython-311.pyc",
    places["root"] + "/solutions/data-acquisition/01-sentinel2-and-cdse.ipynb",
    places["root"] + "/conftest.py",
    os.path.dirname(os.__file__) + "/json/decoder.py",
    sys.executable,
]
for target in targets:
    attempt(f"write {target}", lambda: open(target, "r+b").write(b"x"))
    attempt(f"make {target}", lambda: open(target, "xb"))
    attempt(f"touch {target}", lambda: os.utime(target, (0, 0)))
    attempt(f"remove {target}", lambda: os.remove(target))
"""

MODES = """
import ctypes, os

for path in (places["outside"] + "/bait.txt", places["home"] + "/secret.txt", places["submitted"],
             places["results"] + "/run.json", places["results"] + "/world"):
    attempt(f"chmod {path}", lambda: os.chmod(path, 0))
    attempt(f"utime {path}", lambda: os.utime(path, (0, 0)))
    attempt(f"touch {path}", lambda: os.utime(path))
    attempt(f"chown {path}", lambda: os.chown(path, 12345, 12345))
    attempt(f"setxattr {path}", lambda: os.setxattr(path, "user.x", b"x"))
    attempt(f"link {path}", lambda: os.link(path, "linked"))
    raw = path.encode()
    attempt(f"fchmodat2 {path}", lambda: call("fchmodat2", -100, raw, 0, 0))
    attempt(f"chattr {path}", lambda: call("ioctl", os.open(path, os.O_RDONLY), 0x40086602, 0))
attempt("umask", lambda: oct(os.umask(0o777)))
"""

LEFT_FOR_GRADER = """
import os, socket

results = places["results"]

def unix_socket():
    socket.socket(socket.AF_UNIX).bind("socket")

ways = {
    "link to the world": lambda: os.symlink(results + "/world", "world"),
    "link that goes round": lambda: os.symlink(".", "round"),
    "pipe": lambda: os.mkfifo("pipe"),
    "device": lambda: os.mknod("device", 0o600 | 0o020000, os.makedev(1, 8)),
    "socket": unix_socket,
    "hard link": lambda: os.link(results + "/run.json", "hard"),
    "own hard link": lambda: (open("a", "w"), os.link("a", "b")),
    "folder nobody can enter": lambda: (os.mkdir("closed"), os.chmod("closed", 0)),
    "folder made closed": lambda: os.mkdir("shut", 0o000),
}
for name, way in ways.items():
    attempt(name, way)
"""

ODD_NAMES = """
import os

def odd():
    names = [b"\\xff\\xfe", b"new\\nline", b"esc\\x1b[31m", b"x" * 255, b"-rf", b"*", b"$(reboot)",
             b" ", b"...", "\\u202egpj.exe".encode(), b"a\\\\b", b"%s%n", b"'; rm -rf"]
    for name in names:
        with open(name, "w") as file:
            file.write("x")
        os.mkdir(name[:250] + b".dir")
    return len(names)

attempt("files with odd names", odd)
"""

DEEP_FOLDERS = """
def deep():
    start = os.getcwd()
    for depth in range(400):
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
    os.chdir(start)
    return depth

attempt("folders deep in one another", deep)
"""

PROC = """
import os, resource, signal, socket, time

def write(path, text):
    with open(path, "w") as file:
        file.write(text)

for path, text in {
    "/proc/self/oom_score_adj": "-1000", "/proc/self/mem": "x", "/proc/self/comm": "x",
    "/proc/sys/kernel/core_pattern": "|/bin/sh", "/proc/sysrq-trigger": "b",
    "/proc/self/clear_refs": "1",
    "/sys/fs/cgroup/cgroup.procs": "0", f"/proc/{os.getppid()}/oom_score_adj": "1000",
    "/proc/self/setgroups": "deny", "/proc/self/coredump_filter": "0xff",
}.items():
    attempt(path, lambda: write(path, text))
attempt("priority", lambda: os.setpriority(os.PRIO_PROCESS, 0, -20))
attempt("priority of others", lambda: os.setpriority(os.PRIO_USER, 0, 19))
attempt("limits of others", lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1)))
attempt("name of the machine", lambda: socket.sethostname("x"))
attempt("clock", lambda: time.clock_settime(0, 0))
attempt("other user", lambda: os.setuid(1))
attempt("sync", os.sync)
"""

ATTACKS = [
    Attack(
        "write",
        "outside",
        "Make, change and remove files outside of our folder.",
        {3: WRITE_OUTSIDE},
        says=("PermissionError",),
    ),
    Attack(
        "write",
        "gradebook",
        "Give full marks in the gradebook, or remove it.",
        {3: GRADEBOOK},
        says=("unable to open database file",),
    ),
    Attack(
        "write",
        "others",
        "Remove what others handed in, and their graded notebooks.",
        {3: OTHERS},
        says=("PermissionError",),
    ),
    Attack(
        "write",
        "code",
        "Change Python, its packages, the checker and the solutions.",
        {3: CODE},
        says=("PermissionError",),
    ),
    Attack(
        "write",
        "modes and times",
        "Change modes, times, owners and attributes of files that we cannot even read.",
        {3: MODES},
        says=("ATTEMPTED umask",),
    ),
    Attack(
        "write",
        "links and pipes",
        "Leave links, pipes and devices in our folder, for the grader to follow.",
        {3: LEFT_FOR_GRADER},
        honest=(6,),
        says=("PermissionError",),
    ),
    Attack(
        "write",
        "odd names",
        "Leave files with odd names and folders deep in one another, to be cleared away.",
        {4: ODD_NAMES, 5: DEEP_FOLDERS},
        honest=(3, 6),
        says=("odd names\ngot: 13",),
        stopped="names of folders in one another that are too long",
    ),
    Attack(
        "write",
        "system",
        "Change settings of the system and of other processes.",
        {3: PROC},
        says=("PermissionError",),
    ),
]
