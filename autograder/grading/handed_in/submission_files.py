"""Read a submission's notebooks as bytes, wherever and under whatever name they lie.

No link is followed, no pipe waited for, nothing changed, and all is bounded.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from autograder.grading.course import SourceNotebook
from autograder.grading.handed_in.archives import is_archive, opened
from autograder.grading.handed_in.choosing import Version, choose
from autograder.grading.handed_in.recognising import Recogniser, is_notebook, named
from autograder.grading.handed_in.student_names import shown_name, without_name
from autograder.grading.handed_in.submissions import MAX_NAMED, Submission
from autograder.grading.handed_in.trees import (
    MAX_DEPTH,
    MAX_ENTRIES,
    TOO_MANY,
    Node,
    UnusableNotebook,
    is_junk,
)
from autograder.root import ASSIGNMENT

MAX_BYTES = 50_000_000
"""Largest notebook that is read. The solved ones with their figures are about 1 MB."""

MAX_ALL_BYTES = 100_000_000
"""Most that all notebooks of a submission may have together."""

MAX_NOTEBOOKS = 100
"""Most notebooks of a submission that are read."""

MAX_PEEKED = 20
"""Most files of other endings of which it is seen whether they are a notebook."""

MAX_ARCHIVES = 50
"""Most archives of a submission that are opened."""

MAX_PACKED_BYTES = 300_000_000
"""Most bytes of archives that lie in other archives."""

MAX_PACKED = 2
"""How deep an archive may lie in archives."""

HELPERS = (
    *(".py", ".sh", ".csv", ".tsv", ".json", ".geojson", ".gpkg", ".shp", ".parquet"),
    *(".npy", ".npz", ".pkl", ".pickle"),
)
"""Endings of files with code or data that a notebook may have used where it was written. Pictures
and rasters are not among them, which notebooks leave behind, nor texts, which systems add."""


@dataclass(frozen=True)
class HandedIn:
    """The notebooks of one submission.

    Attributes:
        notebooks: Their content, by name without ``.ipynb``.
        problems: Why a notebook is missing or cannot be read, by name.
        notes: What else was found, about the name of the folder too.
        not_handed_in: Notebooks that are missing, and of which nothing else that was handed in may
            be a copy. The others among `problems` are there, or may be, and could not be read.
        digest: Fingerprint of notebooks and problems; the same for the same files.
        versions: The files that count, by name.
        sent: When all was handed in, in Unix time; 0 where that is not known.
    """

    notebooks: dict[str, bytes]
    problems: dict[str, str]
    notes: tuple[str, ...]
    not_handed_in: frozenset[str]
    digest: str
    versions: dict[str, Version]
    sent: float

    @property
    def nothing(self) -> str:
        """Why there is nothing to grade, in words; empty where there is something."""
        if self.notebooks:
            return ""
        reasons = [text for name, text in self.problems.items() if name not in self.not_handed_in]
        why = "".join(f": {text}" for text in [*reasons, *self.notes][:1])
        return f"no notebook of the course was found{why}"


MISSING = "is missing"


def read_submission(submission: Submission, sources: Sequence[SourceNotebook]) -> HandedIn:
    """Read the notebooks of a submission; what cannot be read is told in the result.

    Args:
        submission: What the student handed in.
        sources: The course's notebooks.
    """
    found = _Found(sources)
    for node in submission.handed_in:
        found.given_in = node.name
        found.look_at(node, "")
    found.look_for_files_with_several()
    notes = [*submission.notes, *found.notes]
    versions: dict[str, Version] = {}
    problems: dict[str, str] = {}
    for source in sources:
        name = source.name
        try:
            versions[name], note = choose(found.versions.get(name, []), source)
            notes += [f"notebook {name} {note}"] if note else []
        except UnusableNotebook as problem:
            problems[name] = f"notebook {name} {problem}"
        except LookupError:
            problems[name] = f"notebook {name} {found.why_missing(name)}"
    notes += found.about_others()
    missing = frozenset(name for name, text in problems.items() if text.endswith(MISSING))
    notebooks = {name: version.content for name, version in versions.items()}
    sent = submission.sent or max((version.sent for version in versions.values()), default=0.0)
    digest = _digest(notebooks, problems)
    notes = [without_name(note, submission.hidden) for note in notes]
    problems = {name: without_name(text, submission.hidden) for name, text in problems.items()}
    return HandedIn(notebooks, problems, tuple(notes), missing, digest, versions, sent)


def _digest(notebooks: dict[str, bytes], problems: dict[str, str]) -> str:
    parts = {name: hashlib.sha256(content).hexdigest() for name, content in notebooks.items()}
    lines = [f"{name}: {text}\n" for name, text in sorted((parts | problems).items())]
    return hashlib.sha256("".join(lines).encode(errors="replace")).hexdigest()


@dataclass
class _Found:
    """What was found in a submission.

    Attributes:
        versions: Files that are a notebook of the course, by its name.
        problems: Why a notebook of the course cannot be read, by its name.
        notes: What else could not be read: the first `MAX_NAMED` of it.
        unread: Why something could not be read that may hold notebooks; empty where all was.
        given_in: Name of the student's folder, archive or file that is looked at.
    """

    sources: Sequence[SourceNotebook]
    versions: dict[str, list[Version]] = field(default_factory=lambda: defaultdict(list))
    problems: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    unread: str = ""
    given_in: str = ""
    _others: list[str] = field(default_factory=list)
    _helpers: list[str] = field(default_factory=list)
    _files: list[str] = field(default_factory=list)
    _entries: int = 0
    _notebooks: int = 0
    _peeked: int = 0
    _archives: int = 0
    _packed_bytes: int = 0
    _left: int = field(default_factory=lambda: MAX_ALL_BYTES)

    def __post_init__(self) -> None:
        self._names: Collection[str] = [source.name for source in self.sources]
        self._recogniser = Recogniser(self.sources)

    def look_at(
        self, node: Node, place: str, depth: int = 0, packed: int = 0, sent: float = 0.0
    ) -> None:
        """Look at a file or folder and all below.

        Args:
            node: The file or folder.
            place: Where it lies, as words to put before its name.
            depth: How many folders it lies in.
            packed: How many archives it lies in.
            sent: When the outermost of these was changed.
        """
        self._entries += 1
        if is_junk(node.name) and depth:
            return
        where = f"{place}{node.name}"
        if depth > MAX_DEPTH or self._entries > MAX_ENTRIES:
            if node.kind == "folder" or is_notebook(node.name) or is_archive(node.name):
                deep = f"{shown_name(where)} lies in more than {MAX_DEPTH} folders; move it up"
                self._note_unread(deep if depth > MAX_DEPTH else f"the hand-in {TOO_MANY}")
            return
        try:
            if node.kind == "folder":
                below = node.children()
                if depth and any(entry.name == "pyvenv.cfg" for entry in below):
                    return  # a virtual environment
                if is_notebook(node.name) and (name := named(node.name, self._names)):
                    self._fail(name, "is not a regular file")
            elif is_archive(node.name):
                sent = sent if packed else node.changed
                below, packed = self._unpacked(node, packed), packed + 1
            else:
                self._look_at_file(node, where, sent if packed else node.changed)
                return
        except UnusableNotebook as problem:
            self._note_unread(f"{shown_name(where)} {problem}")
            return
        for entry in below:
            self.look_at(entry, f"{where}/" if depth else "", depth + 1, packed, sent)

    def _unpacked(self, archive: Node, packed: int) -> list[Node]:
        """What an archive holds that lies in so many others."""
        if packed >= MAX_PACKED:
            raise UnusableNotebook("lies in too many archives; unpack it")
        self._archives += 1
        self._packed_bytes += archive.size if packed else 0
        if self._archives > MAX_ARCHIVES or self._packed_bytes > MAX_PACKED_BYTES:
            raise UnusableNotebook("is one archive too many; unpack them")
        return opened(archive).children()

    def _look_at_file(self, node: Node, where: str, sent: float) -> None:
        name = named(node.name, self._names)
        if not is_notebook(node.name) and not (name and self._begins_as_json(node)):
            self._look_at_other_file(node, where, name)
            return
        try:
            content = self._content(node)
        except UnusableNotebook as problem:
            if name:
                self._fail(name, str(problem))
                return
            raise
        which = [name] if name and self._recogniser.holds(content, name) else []
        which = which or self._recogniser.which(content)
        if len(which) > 1:
            for other in which:
                self._fail(other, _several(which))
        elif not which and not is_notebook(node.name):
            self._look_at_other_file(node, where, name)
        elif which or name:
            canonical = where in (f"{ASSIGNMENT}/{node.name}", node.name)
            version = Version(where, content, node.changed, canonical, sent, self.given_in)
            self.versions[(which or [name])[0]].append(version)
        else:
            self._others.append(where)

    def _begins_as_json(self, node: Node) -> bool:
        """Whether a file of any ending may be a notebook: some systems take no .ipynb."""
        self._peeked += 1
        if self._peeked > MAX_PEEKED or node.size > MAX_BYTES:
            return False
        try:
            with node.stream() as stream:
                return stream.read(20).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
        except OSError:
            return False

    def _look_at_other_file(self, node: Node, where: str, name: str) -> None:
        """A file that is no notebook; one that is named as one may be what it was saved as."""
        if node.name == ASSIGNMENT:  # a link, a file or a pipe in place of the folder
            node.read(0)
            raise UnusableNotebook("is not a folder")
        self._files.append(where)
        ending = node.name.rpartition(".")[2] if "." in node.name else ""
        is_helper = node.name.casefold().endswith(HELPERS)
        if name and (not is_helper or ending.casefold() == "py"):
            saved = f".{shown_name(ending)}" if ending else "another file"
            self._fail(name, f"was handed in as {saved}; ask for the .ipynb file")
        elif is_helper:
            self._helpers.append(where)

    def look_for_files_with_several(self) -> None:
        """Where a notebook is missing, see whether it lies in the file of another."""
        for name in self._names:
            if name in self.versions:
                continue
            for other, versions in self.versions.items():
                if any(self._recogniser.holds(version.content, name) for version in versions):
                    self._fail(name, _several([other, name]))

    def _content(self, node: Node) -> bytes:
        self._notebooks += 1
        if self._notebooks > MAX_NOTEBOOKS:
            raise UnusableNotebook(f"is one of more than {MAX_NOTEBOOKS} notebooks; remove some")
        if self._left < node.size <= MAX_BYTES:
            raise UnusableNotebook(
                "is one too many: together they have more than "
                f"the {MAX_ALL_BYTES / 1e6:.0f} MB allowed"
            )
        content = node.read(MAX_BYTES)
        self._left -= len(content)
        return content

    def _fail(self, name: str, problem: str) -> None:
        self.problems.setdefault(name, problem)

    def _note_unread(self, note: str) -> None:
        self.unread = self.unread or note
        if len(self.notes) < MAX_NAMED and note not in self.notes:
            self.notes.append(note)

    def why_missing(self, name: str) -> str:
        """Why there is no notebook of this name."""
        lacking = f"was not found, and {self.unread}" if self.unread else MISSING
        return self.problems.get(name, lacking)

    def about_others(self) -> Iterator[str]:
        """Notes on notebooks that the course does not have, and on files that none of them uses."""
        if self._others:
            yield f"notebooks that are not the course's were not graded: {_listed(self._others)}"
        if not self.versions and self._files:
            yield f"only other files were handed in: {_listed(self._files)}"
        elif self._helpers:
            yield f"files beside the notebooks were not used: {_listed(self._helpers)}"


def _listed(names: Sequence[str]) -> str:
    """Some names, and how many more."""
    left = len(names) - MAX_NAMED
    listed = ", ".join(map(shown_name, sorted(names)[:MAX_NAMED]))
    return f"{listed} and {left:,} more" if left > 0 else listed


def _several(names: Sequence[str]) -> str:
    return f"was handed in in one file with others ({' and '.join(sorted(names))}); split it"
