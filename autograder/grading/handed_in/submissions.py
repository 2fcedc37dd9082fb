"""Find who handed in what, in folders and archives as systems give them out. Nothing is changed."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path

from autograder.grading.handed_in.archives import CLASS, is_archive, opened, without_ending
from autograder.grading.handed_in.lms_names import Owner, moment, owner_of, owner_of_folder
from autograder.grading.handed_in.recognising import is_named, is_notebook, named, owner_before
from autograder.grading.handed_in.student_names import look_alikes, name_problem, shown_name
from autograder.grading.handed_in.trees import MAX_DEPTH, Node, UnusableNotebook, is_junk, on_disk
from autograder.root import ASSIGNMENT
from utils.errors import CourseError

MAX_NAMED = 5
"""Most names in one sentence."""

TIMESTAMP = "timestamp.txt"
"""File with the time at which nbgrader collected what lies beside it."""

MAX_TIMESTAMP = 100
"""Most bytes of such a file."""

MAX_PEEKED = 2
"""Most archives of one folder that are opened to see whether it is a student's."""

_VERSION = re.compile(
    r"""
    (?<![^\W_])  # a whole word
    (v(ersion)?[ ._-]?\d+ | \d | old | new | final | draft | backup | copy | attempt
    | alt | neu | kopie | versuch | ancien | nouveau | copie | essai | viejo | nuevo | copia)
    (?![^\W_])
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What folders of an only student are called, in some languages, and students seldom are."""


@dataclass(frozen=True)
class Submission:
    """What one student handed in.

    Attributes:
        student: Name that is safe to print; nbgrader's student id if there is no problem.
        handed_in: The student's folders, archives and files.
        problem: Why the submission cannot be graded at all; empty where it can.
        notes: Notes on the name, such as that it looks like another.
        sent: When it was collected, as nbgrader or the folder's name tells, in Unix time; else 0.
        hidden: Name of the student where ``student`` is not it; nothing may tell it.
    """

    student: str
    handed_in: tuple[Node, ...]
    problem: str = ""
    notes: tuple[str, ...] = ()
    sent: float = 0.0
    hidden: str = ""


def find_submissions(
    submitted: Path, notebooks: Collection[str]
) -> tuple[list[Submission], list[str]]:
    """List what students handed in, sorted by name, and say what belongs to nobody.

    Args:
        submitted: A folder, or the archive that a system gives out for a whole class.
        notebooks: The course's notebooks, without ``.ipynb``.

    Raises:
        CourseError: There is no such folder, it cannot be read, or it holds no submissions.
    """
    given = _opened(submitted)
    top = _class_folder(given, notebooks)
    owned: dict[str, list[tuple[Owner, Node]]] = defaultdict(list)
    nobodys = []
    for entry in _entries(top, notebooks):
        owner, node = _owned(entry, notebooks, _by_ilias(top))
        if owner:
            owned[owner.name].append((owner, node))
        elif entry.name == ASSIGNMENT or is_notebook(entry.name) or is_named(entry.name, notebooks):
            nobodys.append(entry.name)
    named: dict[str, list[Node]] = defaultdict(list)
    sent: dict[str, float] = {}
    for name, found in owned.items():
        numbers = {owner.number for owner, _ in found if owner.number}
        for owner, node in found:
            named[owner.in_full if len(numbers) > 1 else name].append(node)
        if len(found) == 1 and not numbers:
            owner, node = found[0]
            sent[name] = (owner.sent if node.kind == "folder" else 0.0) or _collected(node)
    alike = look_alikes(named)
    submissions = [
        Submission(
            shown_name(name),
            tuple(nodes),
            name_problem(name) or _link_problem(nodes),
            (alike[name],) if name in alike else (),
            sent.get(name, 0.0),
        )
        for name, nodes in sorted(named.items())
    ]
    if not any(_may_hold_notebooks(node) for item in submissions for node in item.handed_in):
        whose = f"; nothing tells whose these are: {_listed(nobodys)}" if nobodys else ""
        raise CourseError(
            f"{submitted} holds no submissions{whose}",
            "One folder or archive for each student, or the archive that your system gives out: "
            f"{submitted}/<student>/{ASSIGNMENT}/*.ipynb",
            "Check SUBMITTED",
        )
    lines = [*_about_nobodys(nobodys)]
    versions = any(_VERSION.search(item.student) for item in submissions)
    if top is not given and versions and not _is_surely_class(top, notebooks):
        lines.append(_about_versions(top, [item.student for item in submissions]))
    return submissions, lines


def _opened(submitted: Path) -> Node:
    try:
        node = on_disk(submitted)
        if node.kind == "file" and is_archive(node.name):
            node = opened(node, CLASS)
        if node.kind == "folder":
            node.children()
    except (OSError, UnusableNotebook) as error:
        found = f"cannot be read: {error.strerror}" if isinstance(error, OSError) else str(error)
        raise CourseError(
            f"{submitted} {found}",
            f"A folder with submissions as {submitted}/<student>/{ASSIGNMENT}/*.ipynb",
            "Check SUBMITTED",
        ) from error
    if node.kind != "folder":
        raise CourseError(f"{submitted} is neither a folder nor an archive", "", "Check SUBMITTED")
    return node


def _about_nobodys(names: list[str]) -> Iterator[str]:
    if names:
        yield (
            f"Nobody's, and not graded: {_listed(names)}. "
            "Put each into a folder that has its student's name."
        )


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - MAX_NAMED:,} more" if len(names) > MAX_NAMED else ""
    return ", ".join(map(shown_name, names[:MAX_NAMED])) + more


def _about_versions(folder: Node, students: list[str]) -> str:
    """What to say where folders in an only one are called as versions of one's work are."""
    return (
        f"All lies in one folder, {shown_name(folder.name)}, and what is in it counts as"
        f" {len(students)} students: {_listed(students)}. If these are versions of one student's"
        " work, keep the one that counts."
    )


# --- whose something is ---------------------------------------------------------------------------


def _owned(entry: Node, notebooks: Collection[str], by_ilias: bool) -> tuple[Owner | None, Node]:
    """Who handed in a file or folder, and the same under the learner's own name for it."""
    if entry.name == ASSIGNMENT or is_named(entry.name, notebooks):
        return None, entry
    if owner := owner_of_folder(entry.name) if by_ilias else owner_of(entry.name):
        changed = owner.sent or entry.changed
        return owner, replace(entry, name=owner.rest or entry.name, changed=changed)
    if entry.kind == "folder":
        return Owner(owner_before(entry.name, notebooks) or entry.name), entry
    if is_archive(entry.name):
        return Owner(without_ending(entry.name)), entry
    if owner_name := owner_before(entry.name, notebooks):
        return Owner(owner_name), entry
    is_folder = entry.kind == "link" and "." not in entry.name
    return (Owner(entry.name) if is_folder else None), entry


def _collected(folder: Node) -> float:
    """When nbgrader collected a student's folder, as it wrote beside the notebooks."""
    try:
        for inner in folder.children():
            if (inner.kind, inner.name) == ("folder", ASSIGNMENT):
                beside = {node.name: node for node in inner.children()}
                text = beside[TIMESTAMP].read(MAX_TIMESTAMP).decode("ascii")
                return max(0.0, moment(text, UTC).timestamp())
    except (UnusableNotebook, KeyError, ValueError, OverflowError):
        pass
    return 0.0


def _by_ilias(top: Node) -> bool:
    """Whether all folders are named as ILIAS does."""
    folders = [entry.name for entry in _visible(top) if entry.kind == "folder"]
    return len(folders) > 1 and all(map(owner_of_folder, folders))


def _link_problem(nodes: list[Node]) -> str:
    if all(node.kind == "link" for node in nodes):
        return "the student's folder is a link; put the folder itself there"
    return ""


# --- where the students' folders are --------------------------------------------------------------


def _visible(folder: Node) -> list[Node]:
    """What people put into a folder, such as no ``.git``."""
    return [entry for entry in folder.children() if not is_junk(entry.name) or _holds(entry)]


def _holds(entry: Node) -> bool:
    """Whether a folder holds the assignment's own folder."""
    try:
        return entry.kind == "folder" and any(n.name == ASSIGNMENT for n in entry.children())
    except UnusableNotebook:
        return False


def _class_folder(folder: Node, notebooks: Collection[str]) -> Node:
    """The folder of the students' folders: many a system wraps it into others."""
    for _ in range(MAX_DEPTH):
        inner = [entry for entry in _visible(folder) if _is_box(entry) or owner_of(entry.name)]
        if len(inner) != 1 or owner_of(inner[0].name):
            break
        unpacked = _unpacked(inner[0], CLASS)
        if unpacked is None or not _is_class(unpacked, notebooks):
            break
        folder = unpacked
    return folder


def _entries(top: Node, notebooks: Collection[str]) -> Iterator[Node]:
    """What lies in a class's folder; of an archive that a system gave out, what lies in that."""
    for entry in _visible(top):
        packed = entry.kind == "file" and is_archive(entry.name) and not owner_of(entry.name)
        inside = _unpacked(entry, CLASS) if packed else None
        if inside is not None and _is_given_out(inside):
            yield from _visible(_class_folder(inside, notebooks))
        else:
            yield entry


def _is_box(entry: Node) -> bool:
    return entry.kind == "folder" or (entry.kind == "file" and is_archive(entry.name))


def _unpacked(entry: Node, times: int = 1) -> Node | None:
    """A folder, or an archive as one; ``None`` where it cannot be looked into."""
    try:
        folder = opened(entry, times) if entry.kind == "file" else entry
        folder.children()
        return folder
    except UnusableNotebook:
        return None


def _is_given_out(folder: Node) -> bool:
    """Whether a system gave its names to what lies in a folder."""
    own = [entry for entry in _visible(folder) if _is_box(entry) or is_notebook(entry.name)]
    return any(owner_of(entry.name) for entry in own) or _by_ilias(folder)


def _is_class(folder: Node, notebooks: Collection[str]) -> bool:
    """Whether a folder holds what several students handed in, and is not itself a student's."""
    if _is_surely_class(folder, notebooks):
        return True
    inside = _visible(folder)
    if any(entry.name == ASSIGNMENT or is_notebook(entry.name) for entry in inside):
        return False
    boxes = [entry for entry in inside if _is_box(entry)]
    names: Counter[str] = Counter()
    for box in filter(None, map(_unpacked, boxes)):  # one after the other: all may be large
        if len(boxes) == 1 and _is_class(box, notebooks):
            return True
        names.update(_notebooks_in(box, notebooks))
    return max(names.values(), default=0) > 1


def _is_surely_class(folder: Node, notebooks: Collection[str]) -> bool:
    """Whether what lies in a folder bears the names of several students, or the assignment's."""
    if _is_given_out(folder):
        return True
    inside = _visible(folder)
    owners = {owner_before(entry.name, notebooks) for entry in inside} - {""}
    if len(owners) > 1:
        return True
    own = any(entry.name == ASSIGNMENT or is_notebook(entry.name) for entry in inside)
    return not own and any(_holds(box) for box in map(_unpacked, filter(_is_box, inside)) if box)


def _notebooks_in(folder: Node, notebooks: Collection[str], depth: int = 3) -> set[str]:
    """The notebooks in a folder and below: the course's names of them, or their own."""
    found, packed = set(), 0
    for entry in _visible(folder):
        if is_notebook(entry.name):
            found.add(named(entry.name, notebooks) or entry.name)
        elif _is_box(entry) and depth:
            packed += entry.kind == "file"
            inside = _unpacked(entry) if packed <= MAX_PEEKED else None
            found |= _notebooks_in(inside, notebooks, depth - 1) if inside else set()
    return found


def _may_hold_notebooks(node: Node, depth: int = MAX_DEPTH) -> bool:
    """Whether there may be a notebook in something, or it cannot be looked into."""
    if node.kind != "folder":
        return is_notebook(node.name) or is_archive(node.name)
    try:
        inside = _visible(node)
    except UnusableNotebook:
        return True
    return depth > 0 and any(_may_hold_notebooks(entry, depth - 1) for entry in inside)
