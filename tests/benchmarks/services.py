"""Start-up, memory, and time per call of the offline services, client by client.

Every call is made in turn through the services, to a plain HTTP server (for S3: to rclone itself)
that holds the same files, and from disk, so that load on the machine hits all alike.
"""

import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import psutil

from autograder.patches import PRACTICE, World
from autograder.services import Services
from autograder.services.storage.buckets import BUCKETS
from autograder.services.storage.object_store import ACCESS_KEY, SECRET_KEY
from utils.reference import CATALOG_URL, NUTS_URL, PRACTICE_PATCH_URL, PROCESS_URL, TOKEN_URL

REPEATS = 15
STARTS = 5
BULGARIA = [22.0, 41.0, 29.0, 44.5]
JUNE = ("2021-06-01T00:00:00Z", "2021-06-30T23:59:59Z")
SEARCH = {
    "collections": ["sentinel-2-l2a"],
    "datetime": "/".join(JUNE),
    "bbox": BULGARIA,
    "limit": 50,
    "filter": "eo:cloud_cover < 10",
}
IMAGE = {
    "input": {
        "bounds": {"bbox": BULGARIA},
        "data": [{"type": "sentinel-2-l2a", "dataFilter": {"timeRange": {
            "from": JUNE[0], "to": JUNE[1]}}}],
    },
    "output": {"width": 512, "height": 512, "responses": [{"format": {"type": "image/tiff"}}]},
    "evalscript": """//VERSION=3
function setup() {
  return { input: [{bands: ["B04", "B03", "B02"], units: "DN"}],
           output: { bands: 3, sampleType: "UINT16" } };
}
function evaluatePixel(sample) { return [sample.B04, sample.B03, sample.B02]; }""",
}  # fmt: skip

Call = Callable[[], object]


class Row(NamedTuple):
    """One client's call: through the services, by plain HTTP, and from disk."""

    name: str
    services: Call
    plain: Call
    disk: Call


def seconds(call: Call) -> float:
    """Time of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def print_row(row: Row) -> None:
    """Measure and print one line: medians in milliseconds and medians of the ratios."""
    calls = (row.services, row.plain, row.disk)
    for call in calls:
        call()
    times = [[seconds(call) for call in calls] for _ in range(REPEATS)]
    services, plain, disk = (
        statistics.median(column) * 1000 for column in zip(*times, strict=True)
    )
    to_plain = statistics.median(row[0] / row[1] for row in times)
    to_disk = statistics.median(row[0] / row[2] for row in times)
    times_shown = f"{services:9.2f} {plain:9.2f} {disk:9.2f}"
    print(f"{row.name:34s} {times_shown} {to_plain:8.1f} x {to_disk:8.1f} x")


def memory(pid: int) -> str:
    """Proportional memory of a process and its children, by name."""
    processes = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    shares = {p.name(): p.memory_full_info().pss / 1e6 for p in processes}
    return ", ".join(f"{name} {share:.0f} MB" for name, share in shares.items())


@contextlib.contextmanager
def program(command: list[str], folder: Path, **environment: str) -> Iterator[str]:
    """A program that prints one line at its start; the line."""
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if environment else subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline()
        finally:
            process.terminate()


def rows_of_web_clients(plain: str, folder: Path) -> Iterator[Row]:
    """Clients that read; the plain server and the disk give back what the services answered."""
    import geopandas as gpd
    import pyogrio
    import rasterio
    import requests
    from oauthlib.oauth2 import BackendApplicationClient
    from requests_oauthlib import OAuth2Session

    oauth = OAuth2Session(client=BackendApplicationClient(client_id="course-client"))

    def fetch_token() -> object:
        return oauth.fetch_token(TOKEN_URL, client_secret="course-secret", include_client_id=True)

    fetch_token()
    http = requests.Session()
    for name, body in ((TOKEN_URL, None), (CATALOG_URL, SEARCH), (PROCESS_URL, IMAGE)):
        file = name.rpartition("/")[2]
        if body is None:
            (folder / file).write_text(str(oauth.token), encoding="utf-8")
        else:
            (folder / file).write_bytes(oauth.post(name, json=body).content)
    names = {
        "token": "fetch a token",
        "search": "search (50 items)",
        "process": "image (512 x 512)",
    }
    posts = {"search": (CATALOG_URL, SEARCH), "process": (PROCESS_URL, IMAGE)}
    for file, text in names.items():
        services: Call = fetch_token
        if file in posts:
            services = partial(oauth.post, posts[file][0], json=posts[file][1])
        yield Row(
            f"requests-oauthlib: {text}",
            services,
            partial(http.post, f"{plain}/{file}", json=posts.get(file, ("", {}))[1]),
            (folder / file).read_bytes,
        )

    def read_bands(path: str) -> None:
        uncached = rasterio.Env(CPL_VSIL_CURL_NON_CACHED=f"/vsicurl/{path}", VSI_CACHE=False)
        with uncached, rasterio.open(path) as source:
            source.read([4, 3, 2])

    def read_url(url: str) -> bytes:
        import urllib.request

        with urllib.request.urlopen(url) as answer:
            return bytes(answer.read())

    (folder / "patch.tif").write_bytes(World.load(PRACTICE).patch_bytes(PRACTICE_PATCH_URL))
    shutil.copy(World.load(PRACTICE).nuts, folder / "nuts.geojson")
    for text, call, url, file in (
        ("rasterio: open, read 3 bands", read_bands, PRACTICE_PATCH_URL, "patch.tif"),
        ("geopandas: read_file", gpd.read_file, NUTS_URL, "nuts.geojson"),
        ("pyogrio: read_dataframe", pyogrio.read_dataframe, NUTS_URL, "nuts.geojson"),
    ):
        yield Row(
            text,
            partial(call, url),
            partial(call, f"{plain}/{file}"),
            partial(call, str(folder / file)),
        )
    yield Row(
        "urllib: whole patch",
        lambda: read_url(PRACTICE_PATCH_URL),
        lambda: read_url(f"{plain}/patch.tif"),
        (folder / "patch.tif").read_bytes,
    )


def rows_of_storage(plain: str, folder: Path) -> Iterator[Row]:
    """s3fs through the services and straight to rclone."""
    import s3fs

    through = s3fs.S3FileSystem(endpoint_url=os.environ["AWS_ENDPOINT_URL"])
    straight = s3fs.S3FileSystem(endpoint_url=plain, key=ACCESS_KEY, secret=SECRET_KEY, token=None)
    small, large = folder / "small", folder / "large"
    small.write_bytes(b"x" * 100_000)
    large.write_bytes(b"x" * 20_000_000)
    for file, text in ((small, "0.1 MB"), (large, "20 MB")):
        target = f"my-bucket/{file.name}"
        yield Row(
            f"s3fs: put {text}",
            partial(through.put, str(file), target),
            partial(straight.put, str(file), target),
            partial(shutil.copy, file, folder / "copy"),
        )
    yield Row(
        "s3fs: ls",
        lambda: through.ls("my-bucket", refresh=True),
        lambda: straight.ls("my-bucket", refresh=True),
        lambda: list(folder.iterdir()),
    )


def main() -> None:
    """Print start-up, memory, and one line for each client."""
    starts = []
    for _ in range(STARTS):
        services = Services()
        starts.append(seconds(services.start))
        services.stop()
    print(f"start-up until ready: {statistics.median(starts) * 1000:.0f} ms (median of {STARTS})")
    with Services() as services, tempfile.TemporaryDirectory() as temporary:
        os.environ.update(services.environment)
        folder, buckets = Path(temporary, "files"), Path(temporary, "buckets")
        folder.mkdir()
        for bucket in BUCKETS:
            (buckets / bucket).mkdir(parents=True)
        assert services.pid is not None
        print(f"memory after start:   {memory(services.pid)}")
        print(f"{'milliseconds per call':34s}  services     plain      disk    to plain    to disk")
        here = Path(__file__).parent
        with program([sys.executable, str(here / "_plain_server.py")], folder) as port:
            for row in rows_of_web_clients(f"http://127.0.0.1:{port.strip()}", folder):
                print_row(row)
        rclone = ["rclone", "serve", "s3", "--addr", "127.0.0.1:0", "--config", "", str(buckets)]
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        key = f'"{ACCESS_KEY},{SECRET_KEY}"'
        with program(rclone, folder, RCLONE_AUTH_KEY=key, PATH=path) as line:
            url = line.partition("[")[2].partition("]")[0].rstrip("/")
            for row in rows_of_storage(url, folder):
                print_row(row)
        print(f"memory in the end:    {memory(services.pid)}")


if __name__ == "__main__":
    main()
