"""What is amiss in what the checker says: a sentence is missing, long, not whole, or blames."""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path

from autograder.checks import texts as texts_by_language
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.texts import read
from autograder.notebooks.source import Manifest
from utils.errors import CourseError

LONGEST_MESSAGE, LONGEST_HINT = 40, 60
"""Words."""

TELLING = 12
"""Characters of a blank from which on it is a solution, and not a name that is in the text."""

CHECKS = Path(texts_by_language.__file__).parents[1]
"""Folder of the code that explains."""

_KEY = re.compile(r"(?=.*[a-z]{2})[a-z0-9*]+(-[a-z0-9*]+)*")

STATES = {"missing": "is missing", "differs": "is not the expected one"}
"""How a message's key may end, and when it is said."""

BLAME = (
    *("actually", "careless", "clearly", "course not", "easy", "forgot", "just", "naive"),
    *("nonsense", "obvious", "obviously", "of course", "ridiculous", "silly", "simply", "sloppy"),
    *("stupid", "trivial", "trivially", "wrong!", "you failed", "you should have"),
)


def texts(exercise: Manifest) -> Iterator[tuple[str, str, int]]:
    """What hints and cards may say, by what it is, with the most words that it may have."""
    said = exercise.texts
    for place, words in enumerate(said.hints, 1):
        yield f"hint {place}", words, LONGEST_HINT
    for section in ("facts", "mistakes", "remarks"):
        for key, words in getattr(said, section).items():
            yield f"{section} {key}", words, LONGEST_MESSAGE
    for key, entry in said.explanations.items():
        yield f"explanations {key}", entry.say, LONGEST_MESSAGE


def faults(words: str, limit: int) -> list[str]:
    """What is not as it should be in a text of at most ``limit`` words."""
    found = []
    if not words.strip():
        return ["is empty"]
    if len(words.split()) > limit:
        found.append(f"has {len(words.split())} words, at most {limit} are read")
    if re.search(r"[\t\n\r]|  ", words) or words != words.strip():
        found.append("has tabs, line breaks or double spaces")
    if not words.rstrip("`").endswith((".", "?")):
        found.append("ends without a full stop")
    if words.count("`") % 2:
        found.append("has a backtick too few")
    lower = f" {words.lower()} "
    found += [f"says {word!r}" for word in BLAME if re.search(rf"\W{re.escape(word)}\W", lower)]
    return found


def gives_away(exercise: Manifest, words: str) -> bool:
    """Whether a text holds a line of the solution that is for the learner to find."""
    blanks = re.findall(r"«(.*?)»", exercise.code, re.DOTALL)
    lines = [line for blank in blanks for line in blank.splitlines()]
    bare = ("".join(line.split()) for line in (*blanks, *lines))
    said = "".join(words.split())
    return any(len(line) >= TELLING and line in said for line in bare)


def findings(
    exercise: Manifest, scored: Sequence[str], facts: Sequence[str]
) -> Iterator[CourseError]:
    """What is to do in the sentences of one exercise.

    Args:
        exercise: The exercise, with its sentences.
        scored: Names of the facts that decide points.
        facts: Names of all its facts.
    """
    yield from _words(exercise)
    yield from _facts(exercise.texts.facts, scored, facts)
    yield from _answers(exercise)


def _words(exercise: Manifest) -> Iterator[CourseError]:
    """Hints and messages read well and give no solution away."""
    for what, words, limit in texts(exercise):
        for fault in faults(words, limit):
            yield CourseError(
                f"The text of {what} {fault}",
                "short, whole sentences without blame",
                "Word it anew",
            )
        if gives_away(exercise, words):
            yield CourseError(
                f"The text of {what} holds a line of the solution",
                "words that help to find it",
                "Word it anew",
            )


def _facts(
    said: Mapping[str, str], scored: Sequence[str], facts: Sequence[str]
) -> Iterator[CourseError]:
    """Whatever fact is wrong, there is something to say, whether it is missing or differs."""
    for name in scored:
        lacking = [state for state in STATES if not {name, f"{name}-{state}"} & said.keys()]
        if lacking:
            keys = " and ".join(f"`{name}-{state}`" for state in lacking)
            yield CourseError(
                f"It says nothing where {name!r} {' or '.join(STATES[s] for s in lacking)}",
                f"a message `{name}` for whatever is wrong with it, or {keys}",
                "Add it to `facts`",
            )
    usable = set(facts).union(f"{name}-{state}" for name in facts for state in STATES)
    for key in sorted(said.keys() - usable):
        yield CourseError(
            f"Its message {key!r} belongs to no fact",
            f"one of {', '.join(sorted(facts))}, maybe with -missing or -differs behind it",
            "Rename it, or take it out of `facts`",
        )


def _answers(exercise: Manifest) -> Iterator[CourseError]:
    """Each mistake has a sentence, and no sentence belongs to an answer that is not there."""
    said = exercise.texts
    mistakes = {item.name for item in exercise.mistakes}
    accepted = {item.name for item in exercise.accepted}
    for name in sorted(mistakes - said.mistakes.keys()):
        yield CourseError(
            f"Nothing is said of the mistake {name!r}", "a sentence", "Add it to `mistakes`"
        )
    for name in sorted((said.mistakes.keys() - mistakes) | (said.remarks.keys() - accepted)):
        yield CourseError(
            f"A sentence is there for {name!r}, which is no known answer",
            "names of known answers",
            "Rename it, or take it out",
        )


# --- explanations -------------------------------------------------------------------------------


def findings_of_explanations(folder: Path = CHECKS) -> Iterator[CourseError]:
    """Each explanation that code gives has a sentence in each language, and the other way round.

    Args:
        folder: Folder of the code.
    """
    given, spoken = set[str](), set[str]()
    for file in sorted(folder.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        spoken |= _words_of(tree)
        called = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        keys = [node.args[0] for node in called if _is_explanation(node) and node.args]
        given |= set().union(*map(_chosen, keys))
    for code in texts_by_language.languages():
        entries = {key for name in _files(code) for key in read(name, code).explanations}
        said = {key for key in entries if not key.startswith("_")}  # the others share their lines
        yield from _lacking(given, said, f"no sentence in {code}", "Add it to `explanations`")
        yield from _lacking(said, spoken, "no code that gives it", "Rename it, or take it out")


def _lacking(keys: set[str], known: set[str], what: str, todo: str) -> Iterator[CourseError]:
    """Keys to which no known one fits, ``*`` standing for anything in either."""
    for key in sorted(keys):
        if not any(fnmatch(key, other) or fnmatch(other, key) for other in known):
            yield CourseError(f"The explanation {key!r} has {what}", "both", todo)


def _files(code: str) -> list[str]:
    return [file.stem for file in (texts_by_language.FOLDER / code).glob("*exercise*.yaml")]


def _is_explanation(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id == Explanation.__name__


def _chosen(node: ast.AST) -> set[str]:
    """The keys that an expression may be worth; none where it only names one."""
    match node:
        case ast.IfExp(body=one, orelse=other):
            return _chosen(one) | _chosen(other)
        case ast.BoolOp(values=values):
            return set().union(*map(_chosen, values))
        case ast.Constant(value=str(key)):
            return {key}
        case ast.JoinedStr():
            return {_template(node)}
        case _:
            return set()


def _words_of(tree: ast.AST) -> set[str]:
    """The texts in code that may be keys."""
    nodes = list(ast.walk(tree))
    plain = {node.value for node in nodes if isinstance(node, ast.Constant)}
    joined = {_template(node) for node in nodes if isinstance(node, ast.JoinedStr)}
    return {word for word in plain | joined if isinstance(word, str) and _KEY.fullmatch(word)}


def _template(node: ast.JoinedStr) -> str:
    """A text with ``*`` for each part that is not known."""
    parts = (part.value if isinstance(part, ast.Constant) else "*" for part in node.values)
    return "".join(map(str, parts))
