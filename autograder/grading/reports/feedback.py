"""Feedback for learners: graded notebooks as html pages that look like nbgrader's own feedback.

They use nbgrader's template, without the steps that take most of the time (parsing the finished
page again, laying out the same texts for every learner) and without scripts, for safety.
"""

import hashlib
import json
import os
import re
import signal
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache, lru_cache
from html import escape
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any

from autograder.checks.notebook.cells import check_id, exercise_id
from autograder.grading.reports.rendering import capitalized
from autograder.grading.results.atomic import replace_folder
from autograder.grading.results.book import NO_RESPONSE
from autograder.grading.results.nbgrader_folders import autograded_folder, feedback_folder
from autograder.grading.results.record import Record, Row
from autograder.grading.results.timeout import timeout
from autograder.grading.results.trouble import is_machines

TIMEOUT = 10
"""Seconds that the feedback of one submission may take; usually it takes 0.05. A submission's own
limits do not include them, and up to `FEW` submissions are written one after the other."""

FEW = 20
"""Up to this many submissions are written in this process: others take longer to start."""

_NO_SCORE = re.compile(r"\(Score: 0\.0 / 0\.0\)")
"""What nbgrader's template says at the top of a notebook in which nothing is graded."""

_LISTED = re.compile(r'(<a href="#(check|comment-exercise)-(\d+)">)(?:Test cell|(Comment))</a>')
"""How its list on top names an exercise, and a comment on one."""

SHORT = 10_000
"""Longest text, in characters, that is cached once it is laid out."""

LONG = 200_000
"""Code of more characters than this is shown without colours."""

CHARSET = '<meta charset="utf-8" />'
POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; "
    "base-uri 'none'"
)
"""What a browser may load and run for a page of feedback: nothing but what is in it."""

STYLE = """
img { max-width: 100%; height: auto }
summary { display: list-item }
.rendered_html td, .rendered_html th { padding: 0 0.5em }
"""
"""What nbgrader's style lacks: a limit for wide pictures, marks on folded text, room in tables."""


def write_feedback(
    results: Path, records: Iterable[Record], titles: Mapping[int, str], workers: int
) -> dict[str, str]:
    """Write feedback that is missing, or whose scores or comments were changed in the gradebook.

    Args:
        results: Folder of results.
        records: Of whom feedback is wanted, with what people entered.
        titles: Title of each exercise.
        workers: Number of processes.

    Returns:
        Why there is no feedback, by student; empty where all is well.

    Raises:
        OSError: The machine is in trouble, such as with a full disk.
    """
    wanted = [record for record in records if not _is_there(results, record)]
    if len(wanted) <= FEW:
        answers = {record.student: _write(results, record, titles) for record in wanted}
    else:
        answers = _write_in_processes(results, wanted, titles, workers)
    return {student: problem for student, problem in answers.items() if problem}


def _write_in_processes(
    results: Path, records: list[Record], titles: Mapping[int, str], workers: int
) -> dict[str, str]:
    """Write feedback in processes that are spawned, not forked: this one may have threads."""
    pool = ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_end_with_parent
    )
    answers = {}
    with pool:
        asked = {r.student: pool.submit(_write, results, r, titles) for r in records}
        for student, answer in asked.items():
            try:
                answers[student] = answer.result()
            except BrokenProcessPool:
                answers[student] = "the process that was to write it ended"
    return answers


def _is_there(results: Path, record: Record) -> bool:
    """Whether a student has feedback that shows these scores and comments."""
    page = next(feedback_folder(results, record.student).glob("*.html"), None)
    if page is None:
        return False
    with page.open(encoding="utf-8") as file:
        return _stamp(record) in file.read(1000)


def _stamp(record: Record) -> str:
    """A tag for the head of a page: a fingerprint of the scores and comments that it shows."""
    rows = [(r.exercise, r.score, r.max_score, _comment(r, record)) for r in record.rows]
    content = repr((rows, sorted(record.penalties.items())))
    return f'<meta name="marks" content="{hashlib.sha256(content.encode()).hexdigest()}">'


def _end_with_parent() -> None:
    """End this process when its parent has ended, however that ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    assert parent is not None

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _write(results: Path, record: Record, titles: Mapping[int, str]) -> str:
    """Write the feedback of a student; why it failed, or an empty string."""
    student = record.student
    try:
        with timeout(TIMEOUT):
            pages = {
                f"{path.stem}.html": page(
                    path.stem, json.loads(path.read_bytes()), record, titles
                ).encode()
                for path in sorted(autograded_folder(results, student).glob("*.ipynb"))
            }
        if not pages:
            return "there are no graded notebooks"
        replace_folder(results, feedback_folder(results, student), pages)
    except Exception as error:
        if is_machines(error):
            raise
        return f"{type(error).__name__}: {error}"
    return ""


def page(name: str, notebook: dict[str, Any], record: Record, titles: Mapping[int, str]) -> str:
    """The feedback on one notebook as html.

    Args:
        name: The notebook's name, without ``.ipynb``.
        notebook: The graded notebook, see `harmless`; its metadata take the scores.
        record: What became of the submission, with what people entered.
        titles: Title of each exercise.
    """
    from nbformat import from_dict

    rows = {check_id(row.exercise): row for row in record.rows if row.score is not None}
    comments = {exercise_id(row.exercise): _comment(row, record) for row in record.rows}
    scores = []
    for cell in notebook["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        row = rows.get(about.get("grade_id"))
        if row is not None:
            about["score"], about["points"] = row.score, row.max_score
            scores.append((row.score, row.max_score))
        elif about.get("grade"):
            cell["metadata"] = {}  # it has no score
        about["comment"] = comments.get(about.get("grade_id"))
    sums = [sum(column) for column in zip(*scores, strict=True)] or [0.0, 0.0]
    late = record.penalties.get(name, 0.0)
    shown = {"notebook": name, "score": sums[0] - late, "max_score": sums[1], "late_penalty": late}
    html = _exporter().lay_out(from_dict(notebook), shown)
    if not scores:  # nbgrader's template would say 0
        html = _NO_SCORE.sub("(not graded)", html, count=1)
    head, body = html.split("</head>", 1)
    head = _whole(head).replace("<html>", '<html lang="en">', 1)
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    head = head.replace(CHARSET, f"{CHARSET}\n{policy}\n{_stamp(record)}", 1)
    listed, notebook_begins, rest = body.partition('<div id="notebook"')
    return f"{head}</head>{_by_name(listed, titles)}{notebook_begins}{rest}"


def _comment(row: Row, record: Record) -> str:
    """What stands below an answer: that the points were changed by hand, and what people wrote."""
    changed = row.changed and f"**{capitalized(row.changed)}.**"
    own = row.comment or (NO_RESPONSE if row.exercise in record.untouched else "")
    return "\n\n".join(filter(None, (changed, own)))


def _by_name(listed: str, titles: Mapping[int, str]) -> str:
    """The list on top of a page, in which exercises have their names."""

    def named(found: re.Match[str]) -> str:
        number = int(found[3])
        about = "Comment on exercise" if found[4] else "Exercise"
        return f"{found[1]}{about} {number} · {escape(titles.get(number, ''))}</a>"

    return _LISTED.sub(named, listed)


@lru_cache(maxsize=16)
def _whole(head: str) -> str:
    """The head of a page without what it would fetch: scripts for formulas, an icon font."""
    first, *rest = head.split("<script")
    head = first + "".join(part.partition("</script>")[2] for part in rest)
    return re.sub(r"@font-face\s*{[^}]*}", "", head)


def _remembered(lay_out: Callable[[str], str]) -> Callable[[str], str]:
    """The same function with a cache for short texts, most of which all learners have."""
    memory = lru_cache(maxsize=2_000)(lay_out)
    return lambda text: memory(text) if len(text) <= SHORT else lay_out(text)


@cache
def _exporter() -> Any:
    """The template of nbgrader's feedback, ready for use."""
    # Imported here because it takes a second, and only the processes that write pages need it.
    from nbconvert.exporters import HTMLExporter, TemplateExporter
    from nbconvert.filters.highlight import Highlight2HTML
    from nbconvert.filters.markdown import markdown2html_mistune
    from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
    from nbgrader.converters import GenerateFeedback
    from nbgrader.coursedir import CourseDirectory

    class Exporter(HTMLExporter):
        """The html exporter, without parsing the finished page again."""

        def lay_out(self, notebook: Any, about: dict[str, Any]) -> str:
            resources = {"nbgrader": about, "inlining": styles["inlining"]}
            html, _ = TemplateExporter.from_notebook_node(self, notebook, resources)
            return str(html)

        def default_filters(self) -> Iterable[tuple[str, Any]]:
            yield from TemplateExporter.default_filters(self)

        def _preprocess(self, notebook: Any, resources: Any) -> tuple[Any, Any]:
            return notebook, resources

    highlight = Highlight2HTML(pygments_lexer="ipython3")

    def colour(code: str) -> str:
        if len(code) > LONG:
            return f"<pre>{escape(code)}</pre>"
        return str(highlight(code))

    _, styles = CSSHTMLHeaderPreprocessor(style="default").preprocess(None, {"config_dir": ""})
    styles["inlining"]["css"].append(STYLE)
    # nbgrader's converter knows where its templates lie.
    exporter = Exporter(config=GenerateFeedback(coursedir=CourseDirectory()).config)
    coloured = _remembered(colour)
    exporter.register_filter("highlight_code", lambda code, metadata=None: coloured(code))
    exporter.register_filter("markdown2html", _remembered(markdown2html_mistune))
    kinds = ("text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg")
    order = (*kinds, "text/latex", "text/plain")
    exporter.register_filter("filter_data_type", lambda data: [k for k in order if k in data][:1])
    return exporter
