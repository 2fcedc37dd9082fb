"""Time of ``check(N)`` on a solved exercise, for each N: the first call and the later ones."""

from statistics import median
from time import perf_counter

from autograder.checks.check import Checker
from autograder.notebooks.recorder import exercises_in_place, recorder
from autograder.notebooks.source import read_all

REPEATS = 15


def main() -> None:
    """Print a line for each exercise, times in milliseconds."""
    print("check(N) on a solved exercise, in ms (collect, judge and render the card)")
    print(f"{'exercise':>8} {'first':>8} {'median':>8} {'worst':>8}")
    with recorder() as player:
        for notebook in read_all():
            for manifest in exercises_in_place(player, notebook):
                number, checker = manifest.number, Checker(player.session, player.client)
                player.solved(manifest)
                times = []
                for _ in range(REPEATS + 1):
                    start = perf_counter()
                    verdict = checker.check(number)
                    verdict._repr_mimebundle_()
                    times.append(1000 * (perf_counter() - start))
                first, later = times[0], times[1:]
                print(f"{number:8} {first:8.1f} {median(later):8.1f} {max(later):8.1f}")


if __name__ == "__main__":
    main()
