"""The gate's time beside going direct, call by call in turn, and its memory on a large body.

A real service is some milliseconds away and sends at some rate. The last lines take both away:
there all that is measured is how fast this machine encrypts, once directly, twice through the gate.

Then two hundred kernels ask one instance at once: errors, and how long they wait.
"""

import os
import statistics
import subprocess
import sys
import threading
import time
from functools import partial

import psutil
import requests

from autograder.services import Services
from autograder.services.passing_on.ways import Ways
from autograder.services.sentinelhub.token import CLIENT_ID, CLIENT_SECRET
from autograder.surroundings.outside import Outside
from tests.benchmarks.services import REPEATS, seconds
from utils.reference import LABEL_URL, PRACTICE_PATCH_URL, S3_HOST, TOKEN_URL

CALLS = {
    "1 kB, 10 ms away": "10/1000/0",
    "100 kB, 10 ms away": "10/100000/0",
    "7 MB patch, 50 MB/s": "10/7000000/50",
    "7 MB patch, no limit": "0/7000000/0",
}
GIGABYTE = "0/1000000000/0"

KERNELS = (1, 50, 200)
ROUNDS = 3

FORM = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "grant_type": "client_credentials"}
BOX = {"bbox": "3649890,2331750,3652390,2334250", "bboxSR": "3035", "imageSR": "3035"}
BOX |= {"size": "250,250", "format": "tiff", "pixelType": "U8", "f": "image"}


def read(client: requests.Session, call: str) -> None:
    """Read an answer to its end, and keep nothing of it."""
    with client.get(f"https://{S3_HOST}/{call}", stream=True, timeout=300) as answer:
        for _ in answer.iter_content(256 * 1024):
            pass


def client(proxy: str, authorities: str) -> requests.Session:
    """A client that knows one way only."""
    made = requests.Session()
    made.trust_env = False
    made.proxies, made.verify = {"https": proxy}, authorities
    return made


def main() -> None:
    """Print one line for each call, and memory before and after a gigabyte."""
    command = [sys.executable, "-m", "tests.benchmarks._internet"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as internet:
        assert internet.stdout
        proxy, authority = internet.stdout.readline().split()
        outside = Outside.of({"HTTPS_PROXY": proxy, "SSL_CERT_FILE": authority})
        ways = Ways(hosts=(S3_HOST,), outside=outside)
        with Services(ways=ways) as gate:
            own = gate.environment
            through = client(own["https_proxy"], own["SSL_CERT_FILE"])
            direct = client(proxy, authority)
            print(f"{'milliseconds per call':24s}   through    direct      more")
            for name, call in CALLS.items():
                print_row(name, partial(read, through, call), partial(read, direct, call))
            process = psutil.Process(gate.pid)
            before = process.memory_info().rss
            took = seconds(partial(read, through, GIGABYTE))
            after = process.memory_info().rss
            print(
                f"1 GB in {took:.1f} s ({seconds(partial(read, direct, GIGABYTE)):.1f} s direct);"
                f" memory of the gate {before / 1e6:.0f} MB before, {after / 1e6:.0f} MB after"
            )


def print_row(name: str, through: "partial[None]", direct: "partial[None]") -> None:
    """Measure both in turn and print medians in milliseconds."""
    through()
    direct()
    pairs = [(seconds(through), seconds(direct)) for _ in range(REPEATS)]
    one, other = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
    more = statistics.median(a - b for a, b in pairs) * 1000
    print(f"{name:24s} {one:9.2f} {other:9.2f} {more:+9.2f}")


def kernel(begin: threading.Barrier, times: list[float], errors: list[str]) -> None:
    """What one learner asks for: a token, a label, a part of a patch, several times."""
    label = LABEL_URL.format(year=2018)
    with requests.Session() as client:
        begin.wait()
        for _ in range(ROUNDS):
            for ask in (
                lambda: client.post(TOKEN_URL, data=FORM, timeout=120),
                lambda: client.get(label, params=BOX, timeout=120),
                lambda: client.get(
                    PRACTICE_PATCH_URL, headers={"Range": "bytes=0-99999"}, timeout=120
                ),
            ):
                started = time.perf_counter()
                try:
                    ask().raise_for_status()
                except requests.RequestException as error:
                    errors.append(type(error).__name__)
                times.append(time.perf_counter() - started)


def crowd() -> None:
    """Print one line for each number of kernels that ask at once."""
    with Services() as services:
        os.environ.update(services.environment)
        for count in KERNELS:
            begin, times, errors = threading.Barrier(count), list[float](), list[str]()
            threads = [
                threading.Thread(target=kernel, args=(begin, times, errors)) for _ in range(count)
            ]
            started = time.perf_counter()
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            passed, last = time.perf_counter() - started, statistics.quantiles(times, n=100)[-1]
            print(
                f"{count:4d} kernels: {len(times) / passed:6.0f} requests a second,"
                f" median {statistics.median(times) * 1000:6.0f} ms,"
                f" 99th percentile {last * 1000:6.0f} ms, {len(errors)} errors",
                flush=True,
            )


if __name__ == "__main__":
    main()
    crowd()
