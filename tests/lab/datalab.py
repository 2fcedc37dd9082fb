"""A learner's day on the SSP Cloud, played in a small Debian: ``make test-datalab`` runs this.

The platform runs `init.sh` as the user onyxia, with its variables, and starts JupyterLab. The
learner opens the start page and the first notebook, answers exercise 5 wrongly and rightly, and
comes back after the course has changed. Then what can go wrong does. Pictures are taken.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import requests

from autograder.root import ROOT
from tests.lab.browser import Browser, chromium, until
from tests.lab.running_lab import TOKEN
from tests.lab.small_course import COMMIT, SCRIPT, git
from tests.lab.test_learner import EXERCISE, LEARNERS_CELL, NOTEBOOK
from tests.lab.test_learner import START as READY

HOME = "/home/onyxia"
WORK = f"{HOME}/work"
COURSE = f"{WORK}/satellite-course"
PORT = 18888
PICTURES = ROOT / "build" / "pictures"

PLATFORM = {
    "HOME": HOME,
    "USER": "onyxia",
    "USERNAME": "onyxia",
    "LANG": "C.UTF-8",
    "PATH": "/opt/python/bin:/usr/local/bin:/usr/bin:/bin",
    "WORKSPACE_DIR": WORK,
    "AWS_ACCESS_KEY_ID": "a-key-of-the-platform",
    "AWS_SECRET_ACCESS_KEY": "a-secret-of-the-platform",
    "AWS_SESSION_TOKEN": "a-token-of-the-platform",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_S3_ENDPOINT": "minio.lab.sspcloud.fr",
    "AWS_ENDPOINT_URL": "https://minio.lab.sspcloud.fr/",
    "S3_ENDPOINT": "https://minio.lab.sspcloud.fr/",
    "AWS_WORKING_DIRECTORY_PATH": "zoe/",
    "VAULT_ADDR": "https://vault.lab.sspcloud.fr",
    "VAULT_TOKEN": "a-vault-token-of-the-platform",
    "VAULT_MOUNT": "onyxia-kv",
    "VAULT_TOP_DIR": "zoe",
    "VAULT_RELATIVE_PATH": "satellite-course",
    "GIT_USER_NAME": "zoe",
    "COURSE_REPOSITORY": "file:///srv/course.git",
}


class Datalab:
    """A service of the datalab.

    Args:
        system: The folder of the Debian that plays its image.
    """

    def __init__(self, system: Path) -> None:
        self.system = system
        self.published = system / "srv/course"
        # Cells out of sight are in the page as well, so that they can be looked for.
        settings = (
            system / "srv/settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
        )
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text('{"windowingMode": "none"}')
        network = (system / "srv/network").read_text().splitlines()
        self.variables = PLATFORM | dict(line.split("=", 1) for line in network)

    def inside(self, path: str) -> Path:
        """Where a path of the service lies out here."""
        return self.system / path.lstrip("/")

    def command(self, *words: str) -> list[str]:
        """A command line that runs a command in the service, as its user."""
        variables = [f"{name}={value}" for name, value in self.variables.items()]
        chroot = ["chroot", "--userspec=1000:1000", "--groups=", str(self.system)]
        return [*chroot, "env", "-i", f"--chdir={WORK}", *variables, *words]

    def new_home(self) -> None:
        """An empty home folder, but for how packages are reached."""
        home, pip = self.inside(HOME), self.inside(HOME) / ".config/pip"
        settings = {path.name: path.read_bytes() for path in pip.glob("*")}
        shutil.rmtree(home)
        pip.mkdir(parents=True)
        (home / "work").mkdir()
        for name, content in settings.items():
            (pip / name).write_bytes(content)
        subprocess.run(["chown", "-R", "1000:1000", home], check=True)

    def publish(self) -> None:
        """Put the last commit of this project where the service fetches it."""
        shutil.rmtree(self.published, ignore_errors=True)
        git(ROOT, "clone", "--quiet", "--no-local", str(ROOT), str(self.published))
        git(self.published, "checkout", "--quiet", "-B", "main")
        self.inside("/srv/init.sh").write_bytes(SCRIPT.read_bytes())
        self._serve()

    def change(self, path: str, old: str, new: str) -> None:
        """Publish another version, in which a text of a file is another."""
        file = self.published / path
        file.write_text(file.read_text().replace(old, new))
        assert new in file.read_text()
        git(self.published, *COMMIT, "later")
        self._serve()

    def _serve(self) -> None:
        bare = self.inside("/srv/course.git")
        shutil.rmtree(bare, ignore_errors=True)
        git(ROOT, "clone", "--quiet", "--bare", str(self.published), str(bare))
        subprocess.run(["chown", "-R", "1000:1000", bare], check=True)

    def init(self, arguments: str = "main fr") -> tuple[str, float]:
        """Run the script as the platform does.

        Returns:
            What it said, and how many seconds it took.
        """
        began = time.monotonic()
        line = f"curl -s file:///srv/init.sh | bash -s -- {arguments}"
        run = subprocess.run(
            self.command("bash", "-c", line), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        return run.stdout.decode(), time.monotonic() - began

    @contextlib.contextmanager
    def lab(self) -> Iterator[str]:
        """JupyterLab as the platform starts it; gives its address."""
        options = ["--no-browser", f"--port={PORT}", f"--IdentityProvider.token={TOKEN}"]
        log = (self.system / "srv/lab.log").open("w+")
        settings = "JUPYTERLAB_SETTINGS_DIR=/srv/settings"
        process = subprocess.Popen(
            self.command("env", settings, "jupyter", "lab", *options),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        url = f"http://127.0.0.1:{PORT}"
        try:
            until(lambda: answers(url), "JupyterLab")
            yield url
        except BaseException:
            print((self.system / "srv/lab.log").read_text()[-3000:])
            raise
        finally:
            process.terminate()
            process.wait(30)
            log.close()


def answers(url: str) -> bool:
    with contextlib.suppress(requests.ConnectionError), requests.Session() as session:
        session.trust_env = False
        return session.get(f"{url}/api", timeout=5).ok
    return False


IN_FRONT = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook"
"""The notebook that is seen, where JupyterLab opens those of the last time as well."""


def first_page(url: str, words: str, name: str) -> None:
    """Open the service as the datalab's button does; the page shows some words."""
    driver = chromium()
    try:
        driver.get(f"{url}/?token={TOKEN}")
        body = "return document.querySelector(arguments[0])?.innerText ?? ''"
        until(lambda: words in driver.execute_script(body, IN_FRONT), f"a page with {words!r}")
        time.sleep(2)
        PICTURES.mkdir(parents=True, exist_ok=True)
        driver.save_screenshot(str(PICTURES / f"{name}.png"))
    finally:
        driver.quit()


class Place:
    """Where `Browser` finds a notebook."""

    def __init__(self, url: str) -> None:
        self.url = url


def work(url: str) -> None:
    """Answer exercise 5 wrongly, then rightly, and look at the progress."""
    path = f"satellite-course/course/data-acquisition/{NOTEBOOK}.ipynb"
    with Browser(Place(url), path) as browser:
        browser.run(READY)
        assert "Ready" in browser.output(READY).text
        for code, points in (
            (EXERCISE.solution.replace("src.read(8)", "src.read(9)"), "2 of 5 points"),
            (EXERCISE.solution, "5 of 5 points"),
        ):
            browser.type(LEARNERS_CELL, code)
            browser.run(LEARNERS_CELL)
            browser.run("check(5)")
            assert points in browser.output("check(5)").text, browser.output("check(5)").text
        browser.driver.save_screenshot(str(PICTURES / "exercise 5.png"))


def main(system: Path) -> None:
    """Play the day; prints what was seen, with the seconds."""
    datalab = Datalab(system)
    datalab.publish()
    datalab.new_home()
    said, seconds = datalab.init()
    assert "Ready" in said, said
    tell("the first start, into an empty home", seconds)
    with datalab.lab() as url:
        first_page(url, "Satellite data, hands on", "start page")
        work(url)
    mine = datalab.inside(f"{COURSE}/course/data-acquisition/{NOTEBOOK}.ipynb")
    edited = mine.read_text().replace("Patches with rasterio", "My own patches", 1)
    mine.write_text(edited)

    said, seconds = datalab.init()
    assert "Ready" in said, said
    tell("a start with nothing new", seconds)
    path = f"course/data-acquisition/{NOTEBOOK}.ipynb"
    datalab.change(path, "Patches with rasterio", "Better patches")
    said, seconds = datalab.init()
    assert "Ready" in said, said
    tell("a start with a new version", seconds)
    assert mine.read_text() == edited
    (beside,) = mine.parent.glob("* (new *).ipynb")
    assert "Better patches" in beside.read_text()
    kept = datalab.inside(f"{WORK}/.satellite-course/jupyter/satellite-course").rglob("*")
    assert any("5" in path.name for path in kept), "the progress is kept"
    with datalab.lab() as url:
        first_page(url, "nouvelle version", "new version")

    failures(datalab)
    canaries(datalab)


def failures(datalab: Datalab) -> None:
    """A full disk, a folder that cannot be written, and no network."""
    datalab.new_home()
    work = datalab.inside(WORK)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m,uid=1000", "x", work], check=True)
    said, seconds = datalab.init("main en")
    assert "The disk is full" in said, said
    tell("a disk that is full", seconds)
    with datalab.lab() as url:
        first_page(url, "The disk is full", "full disk")
    subprocess.run(["umount", work], check=True)
    for size, rights, words in (("16k", 1000, "The disk is full"), ("8m", 0, "Ready")):
        options = f"size={size},uid={rights},mode=755"
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "x", work], check=True)
        said, _ = datalab.init("main en")
        subprocess.run(["umount", work], check=True)
        if rights:
            assert words in said, said
        else:  # sudo gives the right to write, and then the disk is too small
            assert "The disk is full" in said, said
    sudo = datalab.inside("/usr/bin/sudo")
    sudo.chmod(0)
    os.chown(work, 0, 0)
    said, _ = datalab.init("main en")
    assert "Nothing can be written" in said, said
    with datalab.lab() as url:
        first_page(url, "Nothing can be written", "no right to write")
    sudo.chmod(0o4755)
    datalab.variables["COURSE_REPOSITORY"] = "http://127.0.0.1:9/course.git"
    said, seconds = datalab.init("main en")
    assert "could not be fetched" in said, said
    tell("no network", seconds)
    with datalab.lab() as url:
        first_page(url, "could not be fetched", "no network")


def canaries(datalab: Datalab) -> None:
    """No secret of the platform lies in a file of the home folder."""
    for secret in (value for name, value in PLATFORM.items() if value.startswith("a-")):
        found = subprocess.run(
            ["grep", "-rlF", secret, datalab.inside(HOME)], stdout=subprocess.PIPE, text=True
        )
        assert found.stdout == "", found.stdout


def tell(what: str, seconds: float) -> None:
    print(f"{seconds:6.1f} s  {what}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
