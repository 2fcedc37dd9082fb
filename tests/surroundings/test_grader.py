"""`make grade` among all traps gives the points that it gives elsewhere."""

import subprocess
from pathlib import Path

from autograder.root import ROOT
from tests.grading.whole_class.classroom import POINTS, command, hand_in, scores, table
from tests.surroundings.traps import environment


def test_a_solved_hand_in_has_all_points(tmp_path: Path) -> None:
    submitted, results = tmp_path / "submitted", tmp_path / "results"
    hand_in(submitted / "alice")
    done = subprocess.run(
        command("--practice", "--workers", 1, submitted, results),
        cwd=ROOT,
        env=environment(tmp_path / "traps"),
        capture_output=True,
        text=True,
        encoding="utf-8",
        umask=0o077,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert scores(table(results), "alice") == [*POINTS.values()]
    for secret in ("user:secret", "somebody"):
        assert secret not in done.stdout + done.stderr + (results / "grading.log").read_text()
    formgrader_uses(results, environment(tmp_path / "traps"))


def formgrader_uses(results: Path, variables: dict[str, str]) -> None:
    """nbgrader, started in the results, works on these and not on another course."""
    code = (
        "from nbgrader.apps.baseapp import NbGrader; app = NbGrader(); app.initialize([])\n"
        "course = app.coursedir\n"
        "print(course.root, course.db_url, repr(course.course_id), sep='|')"
    )
    own = {name: variables[name] for name in ("PATH", "HOME", "JUPYTER_CONFIG_DIR")}
    said = subprocess.check_output(["python", "-c", code], cwd=results, env=own, text=True)
    root, database, course = said.strip().split("|")
    assert (root, course) == (str(results), "''")
    assert database == f"sqlite:///{results}/gradebook.db"
