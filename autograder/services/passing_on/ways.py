"""Which services are real today: what was wished for, what credentials allow, what answers.

`COURSE_SERVICES` is the wish. ``replay``, or nothing: all answers come from this computer. That is
the usual way, because text and checks speak of the practice patch, and because real services count
on somebody's account. ``auto``: each part is real where its credentials are there and it answers.
``live``: all parts are real.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from autograder.surroundings.outside import Outside
from utils.errors import CourseError

WISH = "COURSE_SERVICES"
"""Variable with the wish."""

WISHES = ("replay", "auto", "live")

OFFLINE = "Ready. The services answer offline, and the practice patch is simulated"

YOUR_OWN = f"Your own client is set: with {WISH}=auto the real services answer."


@dataclass(frozen=True)
class Ways:
    """Which hosts are passed on to real services, and what a learner is told of it.

    Attributes:
        told: One line.
        hosts: The hosts, sorted; all others are answered here.
        outside: How this machine reaches them.
    """

    told: str = f"{OFFLINE}."
    hosts: tuple[str, ...] = ()
    outside: Outside = field(default_factory=Outside)


def wish(variables: Mapping[str, str]) -> str:
    """What `COURSE_SERVICES` asks for.

    Raises:
        CourseError: It is none of the three words.
    """
    said = variables.get(WISH, "").strip().lower() or WISHES[0]
    if said not in WISHES:
        raise CourseError(
            f"{WISH} is {said[:40]!r}",
            f"One of {', '.join(WISHES)}",
            f"Set it to one of these, or unset it: then it means {WISHES[0]}",
        )
    return said


def choose(wished: str, outside: Outside) -> Ways:
    """Find out which services are to be real, in some two seconds at most.

    Args:
        wished: One of `WISHES`.
        outside: How this machine reaches the world, and the learner's credentials.
    """
    if wished == WISHES[0]:
        return Ways(f"{OFFLINE}. {YOUR_OWN}") if outside.client else Ways()
    from autograder.services.passing_on.probing import PARTS, problems

    found = problems(outside)
    real = [part for part in PARTS if wished == "live" or not found[part.name]]
    hosts = sorted({host for part in real for host in part.hosts(outside)})
    return Ways(_told(found, [part.name for part in real]), tuple(hosts), outside)


def _told(found: Mapping[str, str], real: list[str]) -> str:
    """One line on what is real, and why the rest is not, or does not work now."""
    if not real:
        return f"{OFFLINE}: {'; '.join(dict.fromkeys(found.values()))}."
    why = "; ".join(f"{name} ({reason})" for name, reason in found.items() if reason)
    if len(real) == len(found) and not why:
        return (
            "Ready. The real services answer: what you order counts on your own account, and"
            " uploads go to your own bucket."
        )
    if len(real) == len(found):
        return f"Ready. All requests go to the real services. Not in order now: {why}."
    return f"Ready. Real services answer for {', '.join(real)}. Offline: {why}."
