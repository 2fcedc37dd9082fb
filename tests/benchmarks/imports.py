"""Time of importing what a learner's notebook imports from us, on top of numpy."""

import statistics
import subprocess
import sys

AIM = 0.3
"""Seconds that ``utils`` and ``autograder`` together may add to ``import numpy``."""

REPEATS = 7


def import_time(code: str) -> float:
    """Median seconds that `code` takes in a fresh interpreter in which numpy is imported."""
    program = (
        f"import numpy, time; start = time.perf_counter();{code};print(time.perf_counter() - start)"
    )
    return statistics.median(
        float(subprocess.check_output([sys.executable, "-c", program])) for _ in range(REPEATS)
    )


def main() -> None:
    """Print one line for each."""
    for code in (
        "import utils",
        "from utils import get_file_system, download_clcpluslabel, tiff_to_numpy",
        "import autograder",
        "from autograder import check, start_course",
        "import utils, autograder",
    ):
        try:
            print(f"{code:75s} {import_time(code) * 1000:6.0f} ms")
        except subprocess.CalledProcessError:
            print(f"{code:75s} fails")
    print(f"aim: {AIM * 1000:.0f} ms on top of numpy")


if __name__ == "__main__":
    main()
