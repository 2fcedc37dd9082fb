"""Attacks on secrets elsewhere: memory, processes, descriptors, what the services know."""

from tests.grading.attacks.attack import Attack
from tests.grading.attacks.kinds.forge import FIND_WIRE

OTHER_PROCESSES = """
import os

def read(path):
    with open(path, "rb") as file:
        return file.read(100_000)

for pid in ("self", "thread-self", os.getppid(), 1, places["grader"]):
    for name in ("environ", "mem", "maps", "cmdline", "fd", "root", "cwd/run.json", "task"):
        attempt(f"/proc/{pid}/{name}", lambda: read(f"/proc/{pid}/{name}"))
attempt("all processes", lambda: os.listdir("/proc"))
"""


TRACING = """
parent = os.getppid()
for name in ("ptrace", "process_vm_readv", "pidfd_open", "pidfd_getfd", "kcmp", "perf_event_open",
             "bpf", "userfaultfd", "io_uring_setup", "open_by_handle_at", "unshare", "setns",
             "mount", "keyctl"):
    attempt(name, lambda: call(name, 16, parent, 0, 0))
"""

ENVIRONMENT = """
import ctypes, os

def variables():
    found = dict(os.environ)
    environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
    place = 0
    while environ and environ[place]:
        name, _, value = environ[place].decode().partition("=")
        found[name] = value
        place += 1
    return found

attempt("all variables", variables)
attempt("secret ones", lambda: [n for n in variables() if n in (
    "AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "COURSE_PASSWORD", "COURSE_WORLD") and
    "ary-" in variables()[n]])
"""


SCAN_MEMORY = """
import ctypes, os

WANTED = [b"can" + b"ary-", b'"fa' + b'cts"', b'"se' + b'ed"', b"GITHUB_" + b"TOKEN=",
          b"exercise-03" + b".json"]
BLOCK = 65536
libc = ctypes.CDLL(None)
reader, writer = os.pipe()

def block_at(address):
    # The kernel says EFAULT where there is no memory, instead of ending the process.
    size = libc.write(writer, ctypes.c_void_p(address), ctypes.c_size_t(BLOCK))
    return os.read(reader, size) if size > 0 else b""

def starts():
    environ = ctypes.c_void_p.in_dll(libc, "environ").value
    local = ctypes.create_string_buffer(8)
    for thing in (object(), bytearray(BLOCK * 30), libc.write, "x" * 600):
        yield id(thing)
    yield from (ctypes.addressof(local), ctypes.cast(libc.write, ctypes.c_void_p).value)
    if environ:
        yield environ

def scan(blocks=600):
    seen, found = 0, set()
    for start in starts():
        for direction in (1, -1):
            for number in range(blocks):
                content = block_at((start // BLOCK + direction * number) * BLOCK)
                seen += bool(content)
                for word in WANTED:
                    place = content.find(word)
                    if place >= 0:
                        found.add(content[max(0, place - 40) : place + 120])
    return seen > 300, len(found), sorted(found)[:200]

attempt("search of our own memory", scan)
"""


WALK_OBJECTS = """
import gc, sys

gc.unfreeze()
things = gc.get_objects()

def walk():
    wanted = ("can" + "ary-", "expect" + "ations/exer", "values-" + "03.npz", '"see' + 'd":')
    found = set()
    for thing in things:
        if type(thing) is dict:
            for text in list(thing.values()):
                if type(text) is bytes:
                    text = text.decode("latin1")
                if type(text) is str and any(word in text for word in wanted):
                    found.add(text[:300])
    return found

def names():
    return {type(thing).__name__ for thing in things} & {
        "Expectation", "ObjectStore", "Task", "SubmissionJudge", "World", "Guardian", "Verdict",
        "Seen"}

def frames():
    frame, found = sys._getframe(), []
    while frame:
        found += [n for n in frame.f_locals if n in ("task", "services", "world", "judge", "seed")]
        frame = frame.f_back
    return found

attempt("objects that tell", names)
attempt("frames that tell", frames)
attempt("texts that tell", walk)
"""


DESCRIPTORS = """
import os, select, socket

def look():
    found = []
    for number in range(256):
        try:
            status = os.fstat(number)
            found.append((number, oct(status.st_mode)))
        except OSError:
            continue
    return found

def contents():
    found = []
    for number, mode in look():
        if mode.startswith("0o14"):  # the socket by which we are watched
            continue
        try:
            os.lseek(number, 0, 0)
            content = os.read(number, 100_000)
            if (b"can" + b"ary-") in content:
                found.append(content[:300])
        except OSError as problem:
            found.append(problem.errno)
    return found

attempt("what is open", look)
attempt("what can be read there", contents)
attempt("a copy of a descriptor", lambda: os.open("/proc/self/fd/0", os.O_RDONLY))
"""


DEPUTY_ON_WIRE = (
    FIND_WIRE
    + """
def forge(number, local_path, folder):
    from autograder.checks.check import claimed_names
    from autograder.checks.exercises import exercise
    described = {n: {"kind": "text", "text": local_path} for n in claimed_names(exercise(number))}
    described["error"] = {"kind": "text", "text": ""}
    url = "file://" + local_path
    content = {"facts": described, "tile_url": url, "given": [], "folder": folder}
    return tell("hand over", [json.dumps(content).encode()], number=number, wanted=[3, 9]).word

target = places["results"] + "/run.json"
attempt("another folder is ours", lambda: forge(9, "run.json", places["results"]))
attempt("a path that leaves ours", lambda: forge(10, "../" * 20 + target, "."))
attempt("a path with a zero", lambda: forge(11, target + "\\0.npy", "/"))
"""
)


EVALSCRIPT = """
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

oauth = OAuth2Session(client=BackendApplicationClient(client_id="course-client"))
oauth.fetch_token(
    token_url="https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/openid-connect/token",
    client_secret="course-secret", include_client_id=True)

def order(code):
    script = '''//VERSION=3
function setup() { return { input: ["B04"], output: { bands: 1, sampleType: "FLOAT32" } }; }
function evaluatePixel(sample) { return [%s]; }''' % code
    body = {
        "input": {
            "bounds": {"bbox": [24.5, 42.0, 24.54, 42.04],
                       "properties": {"crs": "http://www.opengis.net/def/crs/EPSG/0/4326"}},
            "data": [{"type": "sentinel-2-l2a", "dataFilter": {"timeRange": {
                "from": "2021-06-01T00:00:00Z", "to": "2021-06-30T23:59:59Z"}}}],
        },
        "output": {"width": 4, "height": 4,
                   "responses": [{"identifier": "default", "format": {"type": "image/tiff"}}]},
        "evalscript": script,
    }
    answer = oauth.post("https://sh.dataspace.copernicus.eu/api/v1/process", json=body, timeout=4)
    return answer.status_code, answer.content[:200]

secret = places["home"] + "/secret.txt"
for code in ("sample.B04", f"require('fs').readFileSync('{secret}')", f"open('{secret}').read()",
             "__import__('os').environ", "process.env.GITHUB_TOKEN", "sample.__class__",
             "().__class__.__base__.__subclasses__()", "this.constructor.constructor('x')()",
             "eval('1')", "import('fs')", "sample['__globals__']"):
    attempt("evalscript " + code, lambda: order(code))
"""


ATTACKS = [
    Attack(
        "read",
        "processes",
        "Read memory, environment and files of other processes, and our own.",
        {3: OTHER_PROCESSES},
        says=("PermissionError",),
    ),
    Attack(
        "read",
        "tracing",
        "Trace, open and look into other processes by system calls.",
        {3: TRACING},
        says=("Operation not permitted",),
    ),
    Attack(
        "read",
        "environment",
        "Read the environment that the grader was started with.",
        {3: ENVIRONMENT},
        says=("secret ones\ngot: []",),
    ),
    Attack(
        "read",
        "own memory",
        "Search the memory that was inherited from the grader.",
        {3: SCAN_MEMORY},
        says=("got: (True",),
    ),
    Attack(
        "read",
        "objects and frames",
        "Search all Python objects and frames for what the grader knows.",
        {3: WALK_OBJECTS},
        says=("objects that tell\ngot: set()", "frames that tell\ngot: []"),
    ),
    Attack(
        "read",
        "descriptors",
        "Read from everything that was left open.",
        {3: DESCRIPTORS},
        says=("what can be read there\ngot: [",),
    ),
    Attack(
        "read",
        "deputy by wire",
        "The same with forged evidence.",
        {8: DEPUTY_ON_WIRE, 9: DEPUTY_ON_WIRE},
        says=("'answer'",),
    ),
    Attack(
        "read",
        "evalscript",
        "Code in an order reads files where the services run it.",
        {2: EVALSCRIPT},
        says=("evalscript sample.B04\ngot: (200",),
    ),
]
