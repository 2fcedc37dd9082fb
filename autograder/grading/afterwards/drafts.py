"""Drafts of mistakes from a class: one for each group of wrong answers that got no name.

A draft stands as it would in solutions/*.md and in the checker's texts.
"""

import difflib
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from autograder.careful_files import write_file
from autograder.checks.explaining.claims import plain
from autograder.grading.afterwards.opened import without_marks
from autograder.grading.handed_in.student_names import printable
from autograder.grading.reports.tally import Group, without_a_name
from autograder.notebooks.source import Change, Manifest, read_all, without_notes

MOST = 50
"""Most drafts that are written: those of the largest groups."""

SENTENCE = "Say in a sentence what went wrong, as far as it is certain."


def draft(group: Group, number: int, manifest: Manifest, notebook: str) -> str:
    """The text of a draft: the mistake, its sentence, and what is known of it.

    Nothing is run: submitted code is not to be trusted.

    Args:
        group: The answers that it comes from.
        number: Its number among the drafts of the exercise.
        manifest: The exercise.
        notebook: Name of its notebook.
    """
    shown = group.shown
    change = as_change(f"draft-{number}", manifest, shown.source)
    entry = {"name": change.name, "claims": "effect", "replace": change.replace}
    known = [
        f"{len(group.examples)} in the class, such as {min(group.examples)}",
        f"Wrong: {', '.join(shown.left.wrong)}. {shown.left.label}: {shown.left.found}",
        *([f"Stopped with {shown.left.error}"] if shown.left.error else []),
        "Read the code before you run it: somebody handed it in.",
    ]
    lines = [
        *(f"# {printable(' '.join(line.split()))}" for line in known),
        "",
        f"# Below `mistakes` of exercise {manifest.number} in solutions/{notebook}.md:",
        yaml.dump([entry], Dumper=_Readable, allow_unicode=True, sort_keys=False, width=100),
        f"# Below `mistakes` in autograder/checks/texts/en/exercise_{manifest.number:02d}.yaml:",
        f"{change.name}: {SENTENCE}",
        "",
        "# Give it a name of its own and a sentence. Then: make expectations mistakes",
        "",
    ]
    return "\n".join(lines)


def as_change(name: str, manifest: Manifest, source: str) -> Change:
    """A learner's code as a change of the solution: the lines that differ, else all of them."""
    solution = manifest.solution
    own = [line.rstrip() for line in without_notes(source).splitlines()]
    replace: dict[str, str] = {}
    lines = solution.splitlines()
    matcher = difflib.SequenceMatcher(None, lines, own, autojunk=False)
    for what, start, end, own_start, own_end in matcher.get_opcodes():
        if what == "equal":
            continue
        if start == end and start:  # lines were put in behind an equal one
            start, own_start = start - 1, own_start - 1
        replace["\n".join(lines[start:end])] = "\n".join(own[own_start:own_end])
    change, answer = Change(name, replace), "\n".join(own)
    # A text that stands twice in the solution is replaced twice, an empty one everywhere.
    whole = "" in replace or plain(change.apply(solution)) != plain(answer)
    return Change(name, {solution: answer}) if whole else change


class _Readable(yaml.SafeDumper):
    """Writes texts of several lines as such."""


def _text(dumper: Any, words: str) -> Any:
    style = "|" if "\n" in words else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", words, style=style)


_Readable.add_representer(str, _text)


def write(results: Path) -> None:
    """Write the drafts of a folder of results, and print a line for each.

    Raises:
        CourseError: The folder holds no results.
    """
    groups = without_a_name(without_marks(results).values())
    known = {item.number: (book.name, item) for book in read_all() for item in book.exercises}
    counts: Counter[int] = Counter()
    folder = results / "drafts"
    folder.mkdir(exist_ok=True)
    for file in folder.glob("exercise_*.yaml"):
        file.unlink()
    for group in groups[:MOST]:
        exercise = group.shown.exercise
        counts[exercise] += 1
        notebook, manifest = known[exercise]
        file = folder / f"exercise_{exercise:02d}_draft_{counts[exercise]}.yaml"
        write_file(file, draft(group, counts[exercise], manifest, notebook).encode())
        print(f"{len(group.examples):4}  {file}")
    print(f"{len(groups)} groups of answers without a name.")
