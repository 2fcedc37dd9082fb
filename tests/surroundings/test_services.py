"""The services and their storage, started among all traps, know none of them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from unittest import mock

import psutil
import pytest

from autograder.root import ROOT
from autograder.services import Services
from autograder.surroundings import KEPT
from tests.surroundings.traps import IN_FOLDERS, PLAIN, environment


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[str, str]]]:
    """The traps, and the variables of each process of the services."""
    variables = environment(tmp_path_factory.mktemp("traps"))
    with mock.patch.dict(os.environ, variables, clear=True), Services() as services:
        services.client.ready()
        process = psutil.Process(services.pid)
        family = [process, *process.children(recursive=True)]
        assert "rclone" in {member.name() for member in family}
        yield [variables, *(member.environ() for member in family)]


@pytest.mark.parametrize("name", sorted({*PLAIN, *IN_FOLDERS}))
def test_no_process_of_the_services_has_the_inherited_value(
    name: str, known: list[dict[str, str]]
) -> None:
    traps, *processes = known
    for variables in processes:
        assert (variables.get(name) == traps[name]) is (name in KEPT)


def test_a_terminal_is_told_what_to_unset() -> None:
    foreign = {"GDAL_HTTP_PROXY": "http://user:secret@127.0.0.1:9", "AWS_PROFILE": "nobody"}
    with subprocess.Popen(
        [sys.executable, "-m", "autograder.services"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **foreign},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        lines: list[str] = []
        while not (lines and lines[-1].startswith("export no_proxy")):
            lines.append(process.stdout.readline().strip())
        process.send_signal(signal.SIGINT)
    assert lines[:2] == ["unset AWS_PROFILE", "unset GDAL_HTTP_PROXY"]
    assert not any("secret@" in line for line in lines)
