"""Secrets in a notebook: noticed in cells and outputs, named by their kind, never repeated."""

import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.checks.judging.verdict import Verdict
from autograder.checks.notebook.history import Run, current
from autograder.checks.texts import card as say

HIDDEN = "***"

SECRET_VARIABLES = {
    "CDSE_CLIENT_SECRET": "client",
    "AWS_SECRET_ACCESS_KEY": "storage",
    "AWS_SESSION_TOKEN": "storage",
    "VAULT_TOKEN": "token",
    "GIT_PERSONAL_ACCESS_TOKEN": "token",
    "GITHUB_TOKEN": "token",
}
"""Variables whose values are secrets, with the kind of each."""

DEMONSTRATION = "course"
"""With this word begin the secrets that open nothing but the offline services."""

SHORTEST = 8
"""Signs of the shortest value that is looked for: a shorter one stands in many words."""

_SHAPES = {
    "token": re.compile(
        r"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"  # JSON Web Token
        r"|\bhv[sbr]\.[\w-]{20,}"  # Vault
        r"|\bgh[pousr]_\w{30,}|\bgithub_pat_\w{30,}|\bglpat-[\w-]{20,}"
    ),
    "storage": re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    "password": re.compile(r"(?<=://)[^\s/:@'\"{}]+:[^\s/:@'\"{}]+(?=@)"),
    "key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END|\Z)"),
}
"""What secrets look like."""

_ASSIGNED = re.compile(
    r"""(\w*(?:secret|token|password|passwd)\w*)["']?\]?\s*[:=]\s*["']([^"'\s]{16,})["']""",
    re.IGNORECASE,
)
"""A name that tells of a secret, and a literal that is given to it."""

_MADE_AT_RANDOM = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[\w+/=.~!-]{16,}")
_ADDRESS = re.compile(r"\w+://|[\w-]+\.[\w-]+/")


def kinds_in(text: str) -> dict[str, str]:
    """Every secret in a text, with its kind."""
    found = {
        value: kind
        for name, kind in SECRET_VARIABLES.items()
        if len(value := os.environ.get(name, "")) >= SHORTEST and value in text
    }
    for kind, shape in _SHAPES.items():
        found |= {match[0]: kind for match in shape.finditer(text)}
    for name, value in _ASSIGNED.findall(text):
        if _MADE_AT_RANDOM.fullmatch(value) and not _ADDRESS.match(value):
            client = "client" in name.lower() or "secret" in name.lower()
            found.setdefault(value, "client" if client else "token")
    return {value: kind for value, kind in found.items() if not value.startswith(DEMONSTRATION)}


def in_runs(runs: Iterable[Run]) -> dict[str, str]:
    """Secrets in the cells as they ran last, with the kind of each."""
    told = (f"{run.source}\n{run.printed}\n{run.error}" for run in current(runs))
    return kinds_in("\n".join(told))


def told(secrets: Mapping[str, str]) -> tuple[str, ...]:
    """What to say of secrets, and how to take them out; nothing where there are none."""
    kinds = dict.fromkeys(say(f"secret-{kind}") for kind in secrets.values())
    return (say("secret-typed", what=", ".join(kinds)),) if kinds else ()


def hide(verdict: Verdict, secrets: Iterable[str]) -> Verdict:
    """A verdict whose words repeat no secret."""
    for secret in secrets:
        verdict = replace(
            verdict,
            message=verdict.message.replace(secret, HIDDEN),
            found=verdict.found.replace(secret, HIDDEN),
            expected=verdict.expected.replace(secret, HIDDEN),
        )
    return verdict


def in_notebook(path: Path) -> dict[str, str]:
    """Secrets in a notebook's file, outputs included; none where it cannot be read."""
    try:
        cells = json.loads(path.read_bytes())["cells"]
        return kinds_in("\n".join(_words(cell) for cell in cells))
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def _words(cell: Mapping[str, Any]) -> str:
    """Source and outputs of a cell as text; what is not text in them looks like no secret."""
    texts = ["".join(cell["source"])]
    for output in cell.get("outputs", ()):
        texts.append("".join(output.get("text", ())))
        texts += ["".join(line) for line in output.get("traceback", ())]
        for kind, data in output.get("data", {}).items():
            if kind.startswith("text/"):
                texts.append("".join(data))
    return "\n".join(texts)
