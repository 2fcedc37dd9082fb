"""Two hundred kernels at once ask one instance of the services: errors, and how long they wait."""

import os
import statistics
import threading
import time

import requests

from autograder.services import Services
from autograder.services.sentinelhub.token import CLIENT_ID, CLIENT_SECRET
from utils.reference import LABEL_URL, PRACTICE_PATCH_URL, TOKEN_URL

KERNELS = (1, 50, 200)
ROUNDS = 3

FORM = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "grant_type": "client_credentials"}
BOX = {"bbox": "3649890,2331750,3652390,2334250", "bboxSR": "3035", "imageSR": "3035"}
BOX |= {"size": "250,250", "format": "tiff", "pixelType": "U8", "f": "image"}


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


def main() -> None:
    """Print one line for each number of kernels."""
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
