"""Find what an exercise lacks, and where its parts do not fit together, without running anything.

An exercise is its text with its known answers (``solutions/*.md``), a module that reads its facts
(``autograder/checks/exercises/``), and what is recorded and built from both.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from autograder.checks import exercises as package
from autograder.checks.judging import expectation as expectations
from autograder.checks.judging.exercise import Exercise, no_remarks
from autograder.checks.judging.expectation import Expectation
from autograder.checks.patch_was_read import can_show_patch
from autograder.checks.showing.catch_up import values_file
from autograder.notebooks.build_notebooks import as_text, make
from autograder.notebooks.lint import blanks, claims, folds, texts
from autograder.notebooks.source import PAGES, Manifest, Notebook, read
from autograder.patches import PRACTICE
from autograder.root import RELEASED
from utils.errors import CourseError

FEWEST = {"hints": 3, "mistakes": 8, "accepted": 6}
"""How many an exercise has at least: learners get stuck, go wrong and are right in many ways."""

MODULES = Path(package.__file__).parent
RECORDED = PRACTICE / "expectations"
RECORD = "Run `make expectations`"
BUILD = "Run `make notebooks`"


@dataclass(frozen=True)
class Subject:
    """An exercise with all its parts.

    Attributes:
        notebook: The text in which it stands.
        text: Its cell there.
        checks: What its module reads.
        recorded: What is recorded of it on the practice patch; ``None`` for nothing.
    """

    notebook: Notebook
    text: Manifest
    checks: Exercise
    recorded: Expectation | None

    @property
    def scored(self) -> list[str]:
        """Names of the facts that decide points."""
        return [spec.name for spec in self.checks.facts if spec.aspect]

    def headings(self) -> list[str]:
        """Headings of the notebook above the exercise's cell."""
        found: list[str] = []
        for cell in self.notebook.cells:
            if cell.exercise and cell.exercise.number == self.text.number:
                break
            if cell.kind == "text":
                found += re.findall(r"^#+ (.*?)\s*$", cell.source, re.MULTILINE)
        return found


Findings = Iterator[CourseError]


def lint(notebooks: Sequence[Notebook], modules: Path = MODULES) -> list[str]:
    """All findings on the course, a line for each."""
    found = [_sentence(problem) for problem in _numbers(notebooks, modules)]
    if found:
        return found  # which module belongs to which text is not certain
    checks: dict[int, Exercise] = {}
    for number, name in package.modules_in(modules):
        try:
            checks[number] = replace(_imported(name), number=number)
        except Exception as problem:  # a module under construction may raise anything
            found.append(f"{name}.py cannot be used: {type(problem).__name__}: {problem}")
    for notebook in notebooks:
        for text in notebook.exercises:
            if text.number in checks:
                subject = Subject(notebook, text, checks[text.number], _recorded(text.number))
                found += findings(subject, checks)
        found += [f"{notebook.name}.md: {_sentence(problem)}" for problem in _built(notebook)]
    found += map(_sentence, texts.findings_of_explanations())
    for page in PAGES:
        problems = _built(read(page), RELEASED.parent)
        found += [f"{page.name}: {_sentence(problem)}" for problem in problems]
    return found


def findings(subject: Subject, checks: Mapping[int, Exercise]) -> list[str]:
    """What is to do in one exercise.

    Args:
        subject: The exercise.
        checks: All exercises as the checker sees them.
    """
    facts = [spec.name for spec in subject.checks.facts]
    problems = [
        *_text(subject),
        *_answers(subject),
        *_aspects(subject),
        *blanks.findings(subject.notebook, subject.text),
        *claims.findings(subject.text, facts),
        *texts.findings(subject.text, subject.scored, facts),
        *folds.findings(subject.text, subject.checks),
        *_names(subject, checks),
        *_recording(subject),
    ]
    place = f"{subject.notebook.name}.md, exercise {subject.text.number}"
    return [f"{place}: {_sentence(problem)}" for problem in problems]


def _sentence(problem: CourseError) -> str:
    return f"{problem.found}. Expected: {problem.expected}. {problem.todo}."


def _imported(name: str) -> Exercise:
    exercise = import_module(f"{package.__name__}.{name}").EXERCISE
    if not isinstance(exercise, Exercise):
        raise TypeError("EXERCISE is no Exercise")
    return exercise


def _recorded(number: int) -> Expectation | None:
    file = expectations.path(RECORDED, number)
    return expectations.load(number, folder=RECORDED) if file.is_file() else None


# --- the course as a whole ----------------------------------------------------------------------


def _numbers(notebooks: Sequence[Notebook], modules: Path) -> Findings:
    """Each number stands once in the text and once in the names of modules."""
    in_text = Counter(item.number for notebook in notebooks for item in notebook.exercises)
    named = Counter(number for number, _ in package.modules_in(modules))
    for counter, where in ((in_text, "solutions/*.md"), (named, "autograder/checks/exercises")):
        for number, count in counter.items():
            if count > 1:
                yield CourseError(
                    f"The number {number} is there {count} times in {where}",
                    "a number for each exercise",
                    "Give one of them another number, in its text and in the name of its module",
                )
    for number in sorted(in_text.keys() - named.keys()):
        yield CourseError(
            f"Exercise {number} has no module",
            f"autograder/checks/exercises/exercise_{number:02d}_<topic>.py, with its EXERCISE",
            "Write it like that of another exercise",
        )
    for number in sorted(named.keys() - in_text.keys()):
        yield CourseError(
            f"Module {dict(package.modules_in(modules))[number]}.py has no exercise",
            f"a cell with `exercise: {number}` in solutions/*.md",
            "Write it, or remove the module",
        )
    if sorted(in_text) != list(range(1, len(in_text) + 1)):
        yield CourseError(
            f"The exercises have the numbers {', '.join(map(str, sorted(in_text)))}",
            "numbers from 1 on without a gap",
            "Number them anew, in the text and in the names of the modules",
        )
    for notebook in notebooks:
        numbers = [item.number for item in notebook.exercises]
        if numbers != sorted(numbers):
            yield CourseError(
                f"The exercises of {notebook.name}.md come as {', '.join(map(str, numbers))}",
                "numbers in order: a check tells by them what ran out of order",
                "Number them anew, in the text and in the names of the modules",
            )


def _built(notebook: Notebook, folder: Path = RELEASED) -> Findings:
    """The learners' notebook is what the text says, its check cells included."""
    file = folder / f"{notebook.name}.ipynb"
    if not file.is_file() or file.read_text(encoding="utf-8") != as_text(make(notebook, False)):
        yield CourseError(
            f"{file.name} in course/ is not what the text says", "a notebook built from it", BUILD
        )


# --- one exercise -------------------------------------------------------------------------------


def _text(subject: Subject) -> Findings:
    """It has a heading, a section that teaches it, blanks, and points."""
    text, headings = subject.text, subject.headings()
    own = f"Exercise {text.number} · {text.title}"
    if not text.title or own not in headings:
        yield CourseError(
            f"No heading {own!r} stands above its cell",
            "one with the `title` of the cell",
            "Write the heading and the title alike",
        )
    if text.see not in headings or text.see.startswith("Exercise "):
        yield CourseError(
            f"It says see: {text.see!r}",
            "the heading of a section above it in the same notebook",
            "Name the section that teaches it",
        )
    if "___" not in text.starter:
        yield CourseError("Its code has no blanks", "«solutions» in it", "Mark what is to be found")
    if not text.aspects or min(text.aspects.values()) <= 0:
        yield CourseError(
            f"It gives the points {dict(text.aspects)}",
            "points above 0 for one aspect or more",
            "Complete its `aspects`",
        )


def _answers(subject: Subject) -> Findings:
    """Enough known answers, each with a name of its own, and each another than the solution."""
    text = subject.text
    for kind, fewest in FEWEST.items():
        entries = text.texts.hints if kind == "hints" else getattr(text, kind)
        if len(entries) < fewest:
            yield CourseError(
                f"There are {len(entries)} entries under `{kind}`",
                f"at least {fewest}",
                "Add more",
            )
    changes = (*text.mistakes, *text.accepted)
    for name, count in Counter(change.name for change in changes).items():
        if count > 1:
            yield CourseError(
                f"{count} answers are called {name!r}", "a name for each", "Rename the others"
            )
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
            yield CourseError(
                f"An answer is called {name!r}", "words joined by hyphens", "Give it such a `name`"
            )
    for change in changes:
        try:
            if change.apply(text.solution) == text.solution:
                yield CourseError(
                    f"{change.name} changes nothing", "another answer", "Mend its `replace`"
                )
        except CourseError as problem:
            yield problem


def _aspects(subject: Subject) -> Findings:
    """The text gives points for what the module looks at."""
    seen = {spec.aspect for spec in subject.checks.facts if spec.aspect}
    for aspect in sorted(subject.text.aspects.keys() - seen):
        yield CourseError(
            f"It gives points for {aspect!r}, which no fact decides",
            f"facts for {', '.join(sorted(seen))}",
            "Add a fact with this aspect to its module, or take it out of `aspects`",
        )
    for aspect in sorted(seen - subject.text.aspects.keys()):
        yield CourseError(
            f"Its module has facts for {aspect!r}, which gives no points",
            f"points for it, beside {', '.join(subject.text.aspects)}",
            "Add it to `aspects`, or name another aspect in the module",
        )


def _names(subject: Subject, checks: Mapping[int, Exercise]) -> Findings:
    """The names that the module uses are those of the text, of facts, and of other modules."""
    exercise, facts = subject.checks, [spec.name for spec in subject.checks.facts]
    for name in exercise.names:
        if not re.search(rf"\b{name}\b", subject.text.starter):
            yield CourseError(
                f"Its module asks for `{name}`, which its code does not name",
                "the names that a learner sees",
                "Write it in the code, or take it out of `names`",
            )
    for name in exercise.results:
        if name not in exercise.names:
            yield CourseError(
                f"It gives `{name}`, which is none of its `names`", "a result of it", "Add it there"
            )
    for spec in exercise.facts:
        for other in spec.implied_by:
            if other not in facts:
                yield CourseError(
                    f"The fact {spec.name!r} is implied by {other!r}, which is no fact",
                    f"one of {', '.join(facts)}",
                    "Mend `implied_by`",
                )
    makers = {n: [f.name for f in item.facts] for item in checks.values() for n in item.results}
    for name in exercise.builds_on:
        if name not in makers.get(name, ()):
            yield CourseError(
                f"It builds on `{name}`, which no exercise gives and has as a fact",
                f"one of {', '.join(sorted(n for n in makers if n in makers[n]))}",
                "Mend `builds_on`, or the `gives` of the exercise that makes it",
            )


def _recording(subject: Subject) -> Findings:
    """What is recorded is what the text says, and holds a fact of the patch."""
    text, exercise, recorded = subject.text, subject.checks, subject.recorded
    if recorded is None:
        yield CourseError("Nothing is recorded of it", "what its answers leave behind", RECORD)
        return
    files = [values_file(RECORDED, text.number)] if exercise.recorded else []
    if missing := [file.name for file in files if not file.is_file()]:
        yield CourseError(f"There is no {missing[0]}", "the results that it gives", RECORD)
    facts = [spec.name for spec in exercise.facts]
    if (_summary(text), facts) != (_summary(recorded), list(recorded.facts)):
        yield CourseError("What is recorded of it is older than it", "the same as here", RECORD)
        return
    if exercise.remarks is no_remarks:
        yield from claims.silent_remarks(text, recorded.accepted)
    if not can_show_patch(exercise, recorded):
        yield CourseError(
            "None of its facts shows that the patch was read: whoever makes up its answer passes",
            "a fact of numbers, an array or an outline that differs from patch to patch",
            "Add one to its module, or a result of an earlier exercise to `builds_on`",
        )


def _summary(item: Manifest | Expectation) -> tuple[object, ...]:
    """What a text and a recording of it have in common."""
    answers = [(change.name, change.claims or {}) for change in (*item.accepted, *item.mistakes)]
    return item.title, item.see, item.aspects, answers
