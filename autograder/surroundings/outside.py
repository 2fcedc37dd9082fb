"""How this machine reaches the world: proxy, authorities and credentials, as they were found.

The course takes such variables away from its kernels, because they are another program's word to
its libraries. Live services need them: they are read here before, and kept.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from utils.reference import KEY, S3_HOST, SECRET, TOKEN

PROXIES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
"""Variables that name a company's proxy for https, the first that is set counts."""

NOT_PROXIED = ("NO_PROXY", "no_proxy")
"""Variables that list hosts to which no proxy leads."""

AUTHORITIES = (
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "AWS_CA_BUNDLE"),
)
"""Variables that name files, or folders, of authorities to trust besides the public ones."""

ADDRESS = ("AWS_S3_ENDPOINT", "AWS_ENDPOINT_URL")
STORAGE = (KEY, SECRET, TOKEN, *ADDRESS, "AWS_DEFAULT_REGION", "AWS_WORKING_DIRECTORY_PATH")
"""Variables in which the SSP Cloud tells how the learner's storage is reached."""

CLIENT = ("CDSE_CLIENT_ID", "CDSE_CLIENT_SECRET")
"""Variables with the learner's own client of the Copernicus Data Space Ecosystem."""

NAMES = (*PROXIES, *NOT_PROXIED, *AUTHORITIES, *STORAGE, *CLIENT)

OUTSIDE = "COURSE_OUTSIDE"
"""Variable in which one process of the course hands all this to another, as JSON."""


CONTROL = "COURSE_CONTROL"
"""Variable with the address of running services; where it is set, the others are the course's."""

LIVE = "COURSE_LIVE"
"""Variable with the hosts that real services answer for, with spaces between; unset for none."""


@dataclass(frozen=True)
class Outside:
    """The variables of `NAMES` that are set, and what they say.

    They hold secrets: this is never printed, and its text shows names only.
    """

    variables: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, variables: Mapping[str, str]) -> "Outside":
        """What these variables tell; what another process of the course has handed over counts."""
        handed = variables.get(OUTSIDE)
        found = json.loads(handed) if handed else variables
        return cls({name: found[name] for name in NAMES if found.get(name)})

    def handed_over(self) -> dict[str, str]:
        """The variable from which `of` reads the same in another process."""
        return {OUTSIDE: json.dumps(dict(self.variables))} if self.variables else {}

    def for_the_gate(self) -> "Outside":
        """What the gate needs: signed requests go through it, but it signs none."""
        needed = {n: v for n, v in self.variables.items() if n not in STORAGE or n in ADDRESS}
        return Outside(needed)

    def proxy(self, host: str) -> str:
        """URL of the proxy that leads to `host`; empty where none does."""
        found = next((self.variables[name] for name in PROXIES if name in self.variables), "")
        no = next((self.variables[name] for name in NOT_PROXIED if name in self.variables), "")
        if not found or (no and _bypasses(host, no)):
            return ""
        return found if "://" in found else f"http://{found}"

    @property
    def authorities(self) -> list[Path]:
        """Files and folders of authorities that are trusted here besides the public ones."""
        named = dict.fromkeys(self.variables.get(name, "") for name in AUTHORITIES)
        return [Path(name) for name in named if name and Path(name).exists()]

    @property
    def client(self) -> tuple[str, str] | None:
        """Id and secret of the learner's own client; None unless both are there."""
        pair = tuple(self.variables.get(name, "").strip() for name in CLIENT)
        return (pair[0], pair[1]) if all(pair) else None

    @property
    def storage_host(self) -> str:
        """Host of the storage, with its port where that is not 443; empty where it has no TLS."""
        named = next((self.variables[n] for n in ADDRESS if n in self.variables), S3_HOST)
        address = urlsplit(named if "://" in named else f"https://{named}")
        return address.netloc.removesuffix(":443") if address.scheme == "https" else ""

    @property
    def storage(self) -> dict[str, str]:
        """The variables of the learner's own storage; empty without key and secret."""
        own = {name: self.variables[name] for name in STORAGE if name in self.variables}
        return own if {KEY, SECRET} <= own.keys() else {}


_found: dict[str, str] = {}
_given: dict[str, str] = {}


def remember(variables: Mapping[str, str]) -> Outside:
    """What the variables of a kernel tell, together with what they told before.

    Called before `settle` takes them away. Values that the course itself has set do not count.
    """
    handed = variables.get(OUTSIDE)
    if handed or _given or CONTROL not in variables:
        told = Outside.of(variables).variables
        _found.update({name: value for name, value in told.items() if _given.get(name) != value})
    return Outside(dict(_found))


def give(variables: Mapping[str, str]) -> None:
    """Note what the course itself has set in a kernel."""
    _given.clear()
    _given.update(variables)


def _bypasses(host: str, listed: str) -> bool:
    """Whether a list such as ``.company.org,localhost`` names a host; ``*`` names all."""
    names = [name.strip().lower().lstrip(".") for name in listed.split(",")]
    return any(name == "*" or host == name or host.endswith(f".{name}") for name in names if name)
