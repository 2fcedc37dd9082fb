"""Watch a notebook's cells run: what each exercise's cells bound, printed, drew and requested."""

import re
import sys
import time
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from autograder.checks.exercises import exercise as find
from autograder.checks.notebook import history
from autograder.checks.notebook.belonging import begun, settle
from autograder.checks.notebook.history import GIVEN, Run
from autograder.checks.notebook.names import names_in
from autograder.checks.notebook.taken import TakenNames
from autograder.checks.notebook.watching import (
    MAX_PRINTED,
    Tee,
    Watch,
    as_figure,
    in_terminal,
    open_figures,
)
from autograder.checks.reading.blank import Blank, keep_blank
from autograder.checks.reading.facts import type_name
from autograder.checks.reading.problems.gathering import gather, message_of
from autograder.checks.reading.problems.place import traceback_of
from autograder.checks.reading.workspace import MISSING, Refusal, Workspace

_PROMPT = re.compile(r"^Out\[\d+\]: \n?", re.MULTILINE)
_SHOWN_AS = ("text/plain", "text/html", "text/markdown")


@dataclass(frozen=True)
class Gift:
    """A value that stems from `catch_up` of the exercises ``numbers``."""

    value: Any
    numbers: frozenset[int]


@dataclass
class Session:
    """The runs of one kernel, oldest first.

    Attributes:
        shell: The IPython shell.
        runs: What was run; recording puts it back to replay an exercise.
        gifts: Names that `catch_up` bound, and others that were made from them.
    """

    shell: Any
    runs: list[Run] = field(default_factory=list)
    gifts: dict[str, Gift] = field(default_factory=dict)
    _open: list[Watch] = field(default_factory=list)
    _last_python: tuple[str, str] = ("", "")

    def watch(self) -> None:
        """Start watching, and bind ``___`` to a `Blank`."""
        self.bind_blank()
        self._taken = TakenNames(self.shell)
        self.shell.ast_transformers.append(self._taken)
        self.shell.events.register("pre_run_cell", self.before_cell)
        self.shell.events.register("post_run_cell", self.after_cell)
        formatter = self.shell.display_formatter
        plain_format = formatter.format

        def format_and_remember(*arguments: Any, **options: Any) -> Any:
            shown = plain_format(*arguments, **options)
            self._remember(arguments[0] if arguments else None, shown)
            return shown

        # An attribute of this one object; its class stays as it is.
        formatter.format = format_and_remember

    def unwatch(self) -> None:
        """Stop watching."""
        self.shell.events.unregister("pre_run_cell", self.before_cell)
        self.shell.events.unregister("post_run_cell", self.after_cell)
        self.shell.ast_transformers.remove(self._taken)
        self.shell.display_formatter.__dict__.pop("format", None)

    def bind_blank(self) -> None:
        """Bind ``___``, also where ``%reset`` took it away."""
        keep_blank(self.shell)

    def before_cell(self, info: Any) -> None:
        """IPython calls this before it runs a cell."""
        self.bind_blank()
        source, names = info.raw_cell or "", self.shell.user_ns
        if ready := getattr(info, "transformed_cell", None):  # older IPythons have none
            self._last_python = source, ready
        around = self._open[-1].run if self._open else None
        message = {} if around else self._message()
        run = begun(info, message, names_in(self._python(source), None), self.runs, around)
        for name in run.inputs & self.gifts.keys():
            if names.get(name) is self.gifts[name].value:
                run.taken |= self.gifts[name].numbers
        self.runs.append(run)
        watch = Watch(run, dict(names), Tee(sys.stdout), open_figures())
        watch.refused_before = len(self._refused())
        self._open.append(watch)
        sys.stdout = watch.tee

    def after_cell(self, result: Any) -> None:
        """IPython calls this after it ran a cell, failed ones included."""
        source = result.info.raw_cell if result is not None else None
        if not self._open or (source is not None and source != self._open[-1].run.source):
            return  # the cell in which watching began, or an empty one
        watch = self._open.pop()
        if sys.stdout is watch.tee:
            sys.stdout = watch.tee.stream
        problem = result and result.error_before_exec
        if result is not None and problem is None:
            problem = result.error_in_exec
        self._note(watch, None if problem is None else self._line_of(problem))
        watch.run.ended = time.time()
        if problem is not None:
            watch.run.error = _describe(problem)
            python = self._python(watch.run.source)
            watch.run.problem = gather(problem, self.shell.user_ns, watch.run.source, python)

    def give(self, number: int, values: Mapping[str, Any]) -> None:
        """Bind names to values that earn no points in exercise ``number``."""
        for watch in self._open:
            watch.run.taken.add(number)  # an answer in the same cell may come from the gift
        for name, value in values.items():
            self.shell.user_ns[name] = value
            self.gifts[name] = Gift(value, frozenset({number}))

    def has_a_learner(self) -> bool:
        """Whether a learner uses this kernel, and no program that runs notebooks."""
        return in_terminal() or any(w.run.identified or w.run.asks for w in self._open)

    def workspace(self, number: int, client: Any = None) -> Workspace:
        """What exercise ``number`` may read, once each cell's exercise is settled.

        Only the latest run of each cell counts, with the values that it left, even where other
        exercises have rebound its names: the same as when the notebook is run from the top.

        Args:
            number: The exercise.
            client: Client of the offline services, for an exercise that looks at them.
        """
        for watch in self._open:  # an answer and its check in one cell
            if watch.run.exercise != GIVEN:
                self._note(watch, self._line_now())
        settle(self.runs, number)
        wanted = find(number).names
        own = history.answers_in(self.runs, number, wanted)
        told = history.spoken_for(own, wanted)
        earning = [run for run in own if number not in run.taken]
        names, made_in, given = self._names(number, own)
        tried = {n for run in self.runs if run.exercise == number for n in run.assigned}
        kept = {n for run in own for n in run.assigned}
        return Workspace(
            names=names,
            exercise=number,
            made_in=made_in,
            leftover=frozenset(tried - kept),
            given=frozenset(given),
            requests=self._requests(client, earning) if client else (),
            objects=client.objects() if client else (),
            read_object=client.read_object if client else lambda path: b"",
            printed="".join(run.printed for run in earning),
            figures=tuple(figure for run in earning for figure in run.figures),
            error=told[-1].error if told else "",
            problem=told[-1].problem if told else (),
            source="\n".join(run.source for run in told),
            folder=Path.cwd(),
            started=min((run.started for run in earning), default=0.0),
            warning=history.why_restart(self.runs, number),
            refused=tuple(dict.fromkeys(item for run in own for item in run.refused)),
        )

    def _message(self) -> Mapping[str, Any]:
        """The front-end's request that is being worked on; empty where there is no kernel."""
        message = getattr(self.shell, "parent_header", None)
        return message if isinstance(message, Mapping) else {}

    # --- while a cell runs --------------------------------------------------------------------

    def _remember(self, value: object, shown: Any) -> None:
        """Keep what a cell displays; ``shown`` is what IPython's formatter made of ``value``."""
        if self._open and isinstance(shown, tuple) and self._open[-1].run.exercise != GIVEN:
            self._open[-1].figures += as_figure(value)
            words = [shown[0].get(kind) for kind in _SHOWN_AS if isinstance(shown[0], dict)]
            self._open[-1].shown += [w[:MAX_PRINTED] for w in words if type(w) is str]

    def _note(self, watch: Watch, stopped_at: int | None) -> None:
        """Note what a run has bound, printed and drawn; bound names up to line ``stopped_at``."""
        run, names = watch.run, self.shell.user_ns
        bound = names_in(self._python(run.source), stopped_at).bound
        again = [old for old in self.runs if (old.cell, old.source) == (run.cell, run.source)]
        if stopped_at is None:  # binding the same object again cannot be seen
            bound = bound.union(*(old.assigned for old in again))
        run.changed = frozenset(n for n in names if watch.before.get(n, MISSING) is not names[n])
        run.assigned = frozenset(name for name in run.changed | bound if name in names)
        for name in run.changed:
            self._pass_on(name, run.taken)
        printed = _PROMPT.sub("", watch.tee.text)
        shown = [words for words in watch.shown if words not in printed]
        run.printed = "\n".join([printed, *shown])[:MAX_PRINTED]
        run.values = {name: names[name] for name in run.assigned}
        run.refused = tuple(self._refused()[watch.refused_before :])
        old_ones = {id(figure) for figure in watch.figures_before}
        drawn = [figure for figure in open_figures() if id(figure) not in old_ones]
        run.figures = (*watch.figures, *drawn)
        for old in self.runs:  # objects of old runs, or that the learner deletes, are freed
            stays = old.cell != run.cell or old is run
            old.values = {n: value for n, value in old.values.items() if stays and n in names}
            old.figures = old.figures if stays else ()

    def _refused(self) -> list[Refusal]:
        """What was refused so far, or will be while grading; the course's shells keep it."""
        return getattr(self.shell, "refusals", [])

    def _pass_on(self, name: str, taken: set[int]) -> None:
        """Note whether a newly bound name was made from a gift, and so is one itself."""
        value, gift = self.shell.user_ns[name], self.gifts.get(name)
        if gift and gift.value is value:
            return
        sources = {type(gift.value) for gift in self.gifts.values()}
        if taken and type(value) in sources:
            self.gifts[name] = Gift(value, frozenset(taken))
        else:
            self.gifts.pop(name, None)

    def _python(self, source: str) -> str:
        """The code without IPython's own syntax; the last answer is kept."""
        known, python = self._last_python
        if known == source:
            return python
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                python = str(self.shell.transform_cell(source))
        except Exception:  # IPython raises what it likes for code that it cannot read
            python = source
        self._last_python = source, python
        return python

    def _line_of(self, problem: BaseException) -> int:
        """Line of the cell that raised; 0 where none ran."""
        trace = traceback_of(problem)
        while trace and not self._in_cell(trace.tb_frame):
            trace = trace.tb_next
        return trace.tb_lineno if trace else 0

    def _line_now(self) -> int:
        """Line of the cell that runs now."""
        frame: FrameType | None = sys._getframe()
        while frame and not self._in_cell(frame):
            frame = frame.f_back
        return frame.f_lineno if frame else 0

    def _in_cell(self, frame: FrameType) -> bool:
        """Whether a frame runs a cell's own lines."""
        return frame.f_locals is self.shell.user_ns

    # --- when an exercise is checked ----------------------------------------------------------

    def _names(
        self, number: int, own: list[Run]
    ) -> tuple[Mapping[str, Any], dict[str, int], set[str]]:
        """All names as an exercise sees them, the exercise of each, and those from `catch_up`."""
        live = self.shell.user_ns
        made_in = {name: run.exercise or GIVEN for run in self.runs for name in run.assigned}
        values: dict[str, Any] = {}
        given: set[str] = set()
        for run in own:
            given = given | run.assigned if number in run.taken else given - run.assigned
            values |= {
                name: value
                for name, value in run.values.items()
                if type(value) is not Blank or name not in values
            }
        for name, gift in self.gifts.items():
            if number in gift.numbers and live.get(name, MISSING) is gift.value:
                given.add(name)
                values.pop(name, None)
        made_in |= dict.fromkeys(values, number)
        return {**live, **values}, made_in, given

    def _requests(self, client: Any, runs: list[Run]) -> list[dict[str, Any]]:
        """The requests that these runs sent.

        Earlier runs of the same code count for GET: the last run may have used a cache.
        """
        before = history.same_again(self.runs, runs)
        return [
            entry
            for entry in client.requests()
            if _during(entry, runs) or (entry["method"] == "GET" and _during(entry, before))
        ]


def _during(entry: Mapping[str, Any], runs: list[Run]) -> bool:
    """Whether a request was sent while one of ``runs`` ran."""
    return any(run.started <= entry["time"] <= run.ended for run in runs)


def _describe(problem: BaseException) -> str:
    """An exception in one line."""
    words = " ".join(message_of(problem).split())
    return f"{type_name(problem)}: {words}"[:200].removesuffix(": ")
