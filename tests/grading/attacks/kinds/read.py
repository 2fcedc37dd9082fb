"""Attacks on secrets in files: solutions, what is expected, other people's work."""

from tests.grading.attacks.attack import Attack

READ_ALL = """
import glob, os

def read(path):
    with open(path, "rb") as file:
        return file.read()

for path in {paths}:
    attempt(path, lambda: read(path))
    attempt("list " + os.path.dirname(path), lambda: os.listdir(os.path.dirname(path)))
"""


def read_all(*paths: str) -> str:
    """Code that reads files and lists their folders."""
    return READ_ALL.format(paths=f"[{', '.join(paths)}]")


SOLUTIONS = read_all(
    "places['root'] + '/solutions/02-patches-with-rasterio.md'",
    "places['root'] + '/solutions/data-acquisition/02-patches-with-rasterio.ipynb'",
    "places['results'] + '/source/data-acquisition/02-patches-with-rasterio.ipynb'",
    "places['root'] + '/tests/checks/known_answers/test_answers.py'",
)


EXPECTATIONS = read_all(
    "places['results'] + '/world/expectations/exercise-03.json'",
    "places['results'] + '/world/expectations/values-03.npz'",
    "places['root'] + '/autograder/patches/practice/expectations/exercise-03.json'",
    "places['root'] + '/autograder/patches/landscape/simulate.py'",
)


RESULTS = read_all(
    "places['results'] + '/run.json'",
    "places['results'] + '/gradebook.db'",
    "places['results'] + '/secret.txt'",
    "places['results'] + '/grading.log'",
    "places['results'] + '/grades.csv'",
)


NEIGHBOURS = read_all(
    "places['submitted'] + '/aaa-honest/data-acquisition/02-patches-with-rasterio.ipynb'",
    "places['results'] + '/autograded/aaa-honest/data-acquisition/02-patches-with-rasterio.ipynb'",
    "places['results'] + '/feedback/aaa-honest/data-acquisition/02-patches-with-rasterio.html'",
)


HOME = read_all(
    "places['home'] + '/.aws/credentials'",
    "places['home'] + '/.ssh/id_ed25519'",
    "places['home'] + '/.netrc'",
    "places['home'] + '/secret.txt'",
    "places['outside'] + '/bait.txt'",
)


SYSTEM = read_all(
    *("'/etc/passwd'", "'/etc/shadow'", "'/etc/hosts'", "'/etc/resolv.conf'"),
    *("'/sys/kernel/notes'", "'/var/log/dpkg.log'", "'/dev/mem'", "'/tmp/x'"),
)


DETOURS = """
import fsspec, geopandas, linecache, mmap, os, pathlib, rasterio, shutil, tokenize, urllib.request
import numpy as np
import pandas as pd

secret = places["home"] + "/secret.txt"
image = places["root"] + "/solutions/data-acquisition/01-sentinel2-and-cdse.ipynb"
ways = {
    "url": lambda: urllib.request.urlopen("file://" + secret).read(),
    "fsspec": lambda: fsspec.open(secret).open().read(),
    "pandas": lambda: pd.read_csv(secret),
    "numpy": lambda: np.fromfile(secret, "u1"),
    "memmap": lambda: bytes(np.memmap(secret, "u1", "r")),
    "gdal": lambda: rasterio.open(secret).read(),
    "gdal zip": lambda: rasterio.open("/vsizip/" + secret).read(),
    "vrt": lambda: rasterio.open(
        "<VRTDataset rasterXSize='1' rasterYSize='1'><VRTRasterBand dataType='Byte' band='1'>"
        f"<SimpleSource><SourceFilename>{secret}</SourceFilename></SimpleSource>"
        "</VRTRasterBand></VRTDataset>").read(),
    "ogr": lambda: geopandas.read_file(image),
    "linecache": lambda: linecache.getlines(secret) or 1 / 0,
    "link": lambda: os.link(secret, "mine"),
    "symlink": lambda: os.symlink(secret, "mine"),
    "rename": lambda: os.rename(secret, "mine"),
    "copy": lambda: shutil.copy(secret, "mine"),
    "path only": lambda: os.open(secret, os.O_PATH) and os.open(
        f"/proc/self/fd/{os.open(secret, os.O_PATH)}", os.O_RDONLY),
    "up and down": lambda: open("../" * 20 + secret).read(),
    "folder": lambda: os.chdir(places["home"]) or open("secret.txt").read(),
    "chroot": lambda: os.chroot(places["home"]),
}
for name, way in ways.items():
    attempt(name, way)
get_ipython().run_line_magic("load", secret)
get_ipython().run_line_magic("run", secret)
"""


TRAVERSAL = """
import os
import requests
from utils import get_file_system

fs, bundle = get_file_system(), os.environ["REQUESTS_CA_BUNDLE"]
up = "../" * 12
results = places["results"].lstrip("/")
for key in (up + results + "/run.json", "..%2f" * 12 + results + "/run.json", "/" + results,
            "world/expectations/exercise-03.json", up + "etc/passwd", "./../state/journal"):
    attempt("object " + key, lambda: fs.cat("my-bucket/" + key))
attempt("buckets", lambda: fs.ls(""))
attempt("bucket ..", lambda: fs.ls(".."))
hosts = ("https://minio.lab.sspcloud.fr/projet-hackathon-ntts-2025/",
         "https://gisco-services.ec.europa.eu/distribution/v2/nuts/")
for host in hosts:
    for path in (up + "etc/passwd", "..%2f" * 12 + results + "/run.json", "//" + results,
                 up + results + "/world/expectations/exercise-03.json",
                 "../expectations/exercise-03.json", "%00/../../run.json"):
        request = requests.Request("GET", host).prepare()
        request.url = host + path
        def get():
            answer = requests.Session().send(request, timeout=4, verify=bundle)
            return answer.status_code, answer.content[:300]

        attempt("path " + path, get)
"""


DEPUTY = """
import os

def link():
    os.symlink(places["results"] + "/run.json", "3649890_2331750_0_937.npy")

attempt("a link in place of our file", link)
target = places["results"] + "/run.json"

class Path(str):
    pass

local_path = Path("../" * 12 + target.lstrip("/"))
attempt("the grader reads a file for us", lambda: local_path)
attempt("another way", lambda: os.chdir("/"))
s3_path = "my-bucket/" + local_path
filename = target
"""


ATTACKS = [
    Attack(
        "read",
        "solutions",
        "Read the solved notebooks and their source.",
        {3: SOLUTIONS},
        says=("PermissionError",),
    ),
    Attack(
        "read",
        "expectations",
        "Read what is expected in this world, and in the practice world.",
        {3: EXPECTATIONS},
        says=("PermissionError",),
    ),
    Attack(
        "read",
        "results",
        "Read the seed, the gradebook and what else lies with the results.",
        {3: RESULTS},
        says=("PermissionError",),
    ),
    Attack(
        "read",
        "neighbours",
        "Read what others handed in, and how they were graded.",
        {3: NEIGHBOURS},
        says=("PermissionError",),
    ),
    Attack(
        "read",
        "home",
        "Read keys and passwords of whoever grades.",
        {3: HOME},
        says=("PermissionError",),
    ),
    Attack(
        "read", "system files", "Read files of the system.", {3: SYSTEM}, says=("PermissionError",)
    ),
    Attack(
        "read",
        "detours",
        "Read a file through libraries, links, magics and devices.",
        {3: DETOURS},
        says=("refused: PermissionError", "ATTEMPTED chroot"),
    ),
    Attack(
        "read",
        "paths in addresses",
        "Have the services read files of the grader: paths that lead upwards.",
        {3: TRAVERSAL},
        says=("ATTEMPTED bucket ..",),
    ),
    Attack(
        "read",
        "grader as a deputy",
        "Have the grader read a file for us, and show it in the verdict.",
        {10: DEPUTY},
        says=("the grader reads a file",),
    ),
]
