"""Time of grading ten solved submissions, all five notebooks of each."""

import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from autograder.grading.course import ASSIGNMENT, SOLUTIONS

SUBMISSIONS = 10


def main() -> None:
    """Print the time in all and for each submission."""
    if not any(SOLUTIONS.glob("*.ipynb")):
        print("no solved notebooks: run make notebooks")
        return
    with TemporaryDirectory() as folder:
        submitted, results = Path(folder, "submitted"), Path(folder, "results")
        for number in range(SUBMISSIONS):
            shutil.copytree(SOLUTIONS, submitted / f"student-{number:02d}" / ASSIGNMENT)
        command = [sys.executable, "-m", "autograder.grading", submitted, results]
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        seconds = time.perf_counter() - start
    print(f"grading {SUBMISSIONS} solved submissions {seconds:8.1f} s")
    print(f"for each {seconds / SUBMISSIONS:22.1f} s")
    print(f"the command says: {done.stdout.splitlines()[-1]}")


if __name__ == "__main__":
    main()
