"""Whose a file or folder is, as learning management systems name what they give out."""

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from autograder.root import ASSIGNMENT


@dataclass(frozen=True)
class Owner:
    """What a name says of who handed in.

    Attributes:
        name: The part that identifies, accents and all.
        number: The system's number for that person; empty where it gives none.
        rest: What the learner's own file is called; empty for a folder.
        sent: When it was handed in, in Unix time; 0 where the name does not say.
    """

    name: str
    number: str = ""
    rest: str = ""
    sent: float = 0.0

    @property
    def in_full(self) -> str:
        """Name and number, for people of the same name."""
        return f"{self.name}_{self.number}" if self.number else self.name


_FORMS = (
    # Moodle: "Zoë Müller_123456_assignsubmission_file_", as a folder or before a file's name.
    r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_[a-z]+(_(?P<rest>.*))?",
    # Canvas: "mullerzoe_LATE_12345_67890_notebook.ipynb", files without folders.
    r"(?P<name>[^_]*[^\W\d_][^_]*)(_late)?_(?P<number>\d{2,})_\d{2,}_(?P<rest>.+)",
    # Blackboard: "Week 1_zmuller_attempt_2026-10-05-17-30-10_notebook.ipynb".
    r".+_(?P<name>[^_]+)_attempt_(?P<sent>\d{4}(-\d\d){5})(_(?P<rest>.+)|(?=\.))",
    # Brightspace: "12345-67890 - Zoë Müller - Nov 1, 2026 1010 AM", as a folder or before a file.
    r"(?P<number>\d+)-\d+ - (?P<name>.+?) - "
    r"(?P<sent>[a-z]{3} \d{1,2}, \d{4} \d{3,4} ?[ap]m)( - (?P<rest>.+))?",
    # nbgrader's exchange: "zoe+data-acquisition+2026-11-01 10:00:00.000000 UTC+0a1b".
    rf"(?P<name>[^+]+)\+{ASSIGNMENT}\+(?P<sent>\d{{4}}-\d\d-\d\d [\d:.]+ [a-z/_]+)(\+.*)?",
)

_ILIAS = r"(?P<name>[^\W\d_]+([ '_.-][^\W_]+){2,})_(?P<number>\d+)"
"""ILIAS: "Müller_Zoë_zmueller_12345", last name, first name, login and number."""


def owner_of(name: str) -> Owner | None:
    """Who handed in a file or folder of this name; ``None`` where no system gave it its name."""
    for form in _FORMS:
        if match := re.fullmatch(form, name, re.IGNORECASE):
            found = match.groupdict()
            who = found["name"].strip(), found.get("number") or "", found.get("rest") or ""
            return Owner(*who, _attempted(found.get("sent") or ""))
    return None


def _attempted(text: str) -> float:
    """A time as systems write it into names, in the time zone of this machine if none is named."""
    text = re.sub(r"^([\d-]{10})-(\d\d)-(\d\d)-(\d\d)$", r"\1 \2:\3:\4", text)
    american = re.fullmatch(r"(.+ \d{1,2})(\d\d) ?([AP]M)", text, re.IGNORECASE)
    try:
        if american:
            return datetime.strptime(":".join(american.groups()), "%b %d, %Y %I:%M:%p").timestamp()
        return moment(text, None).timestamp()
    except ValueError:
        return 0.0


def moment(text: str, zone: tzinfo | None) -> datetime:
    """A day and a time of day, such as ``2026-12-01T12:00``.

    The time zone may follow, as ``Z``, ``+01:00`` or, after a blank, as a name: nbgrader writes
    ``2026-12-01 12:00:00.000000 Europe/Paris``.

    Args:
        text: The text.
        zone: What counts where the text names no time zone; ``None`` for that of this machine.

    Raises:
        ValueError: It is none.
    """
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*)(?: +([-+/\w]+))?", text.strip())
    if not match:
        raise ValueError(text)
    when, name = match.groups()
    if name and name[0] in "+-":
        when, name = when + name, None
    found = datetime.fromisoformat(when)
    if name:
        try:
            zone = ZoneInfo(name)
        except (OSError, KeyError) as error:
            raise ValueError(text) from error
    if found.tzinfo is None:
        found = found.replace(tzinfo=zone) if zone else found.astimezone()
    return found


def owner_of_folder(name: str) -> Owner | None:
    """The same for a folder among folders of which all have such a name."""
    match = re.fullmatch(_ILIAS, name)
    return Owner(match["name"], match["number"]) if match else owner_of(name)
