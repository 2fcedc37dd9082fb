"""The outcome of a check: points by aspect, and words for the learner."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from autograder.checks.judging.thumbnail import Thumbnail
from autograder.checks.judging.unexplained import Unexplained
from autograder.checks.judging.why import Why


@dataclass(frozen=True)
class AspectScore:
    """Points for one aspect of an exercise.

    Attributes:
        name: Its name.
        points: Those that can be earned.
        earned: Those that are.
        reason: What was found wrong in it, where the verdict's message speaks of another aspect.
    """

    name: str
    points: float
    earned: float
    reason: str = ""


@dataclass(frozen=True)
class Verdict:
    """What a check found.

    Attributes:
        exercise: Number of the exercise.
        title: Its title.
        aspects: Points by aspect.
        mistake: Name of the recognised mistake, a general name such as ``not-attempted`` or
            ``differs`` where none fits, or ``""`` where all is right.
        unexplained: What is kept of the answer where neither a recorded mistake nor an explanation
            fits, so that the message only tells the effect.
        message: The sentence for the learner.
        found: What was found, where something is wrong.
        expected: What was expected instead.
        remarks: Things worth knowing that cost no points.
        see: Heading of the section that teaches what is wrong.
        picture: What is wrong as a small picture, where that says it better.
        why: The idea behind, for a common misconception.
    """

    exercise: int
    title: str
    aspects: tuple[AspectScore, ...]
    mistake: str = ""
    message: str = ""
    found: str = ""
    expected: str = ""
    remarks: tuple[str, ...] = ()
    see: str = ""
    picture: Thumbnail | None = None
    unexplained: Unexplained | None = None
    why: Why | None = None

    @property
    def score(self) -> float:
        """Points earned."""
        return float(sum(aspect.earned for aspect in self.aspects))

    @property
    def max_score(self) -> float:
        """Points that can be earned."""
        return float(sum(aspect.points for aspect in self.aspects))

    @property
    def vague(self) -> bool:
        """Whether the message only tells the effect."""
        return self.unexplained is not None

    @property
    def passed(self) -> bool:
        """Whether every point was earned."""
        return self.score == self.max_score

    @property
    def holds(self) -> tuple[str, ...]:
        """Names of the aspects that are right."""
        return tuple(aspect.name for aspect in self.aspects if aspect.earned == aspect.points)

    def as_data(self) -> dict[str, Any]:
        """The verdict as json data, without pictures, what is folded and what is kept."""
        data = asdict(self) | {"score": self.score, "max_score": self.max_score}
        del data["picture"], data["unexplained"], data["why"]
        return data | {"holds": list(self.holds)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Verdict":
        """The verdict in `as_data`, and in that of a card."""
        texts = {name: data[name] for name in ("mistake", "message", "found", "expected", "see")}
        aspects = tuple(AspectScore(**aspect) for aspect in data["aspects"])
        remarks = tuple(data["remarks"])
        return cls(data["exercise"], data["title"], aspects, remarks=remarks, **texts)
