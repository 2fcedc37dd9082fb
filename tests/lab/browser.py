"""JupyterLab in headless Chromium, worked as a learner works it."""

import json
import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from selenium import webdriver
from selenium.common.exceptions import (
    ElementClickInterceptedException,
    StaleElementReferenceException,
)
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.lab.running_lab import TOKEN, RunningLab

TIMEOUT = 90.0
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")

NOTICED = 15.0
"""Seconds after which a key press counts as lost."""


def until(ask: Callable[[], Any], what: str, patience: float = TIMEOUT) -> Any:
    """The first true answer to ``ask``."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.2)
    raise AssertionError(f"waited {patience:.0f} s for {what}")


class Served(Protocol):
    """A JupyterLab that runs at an address."""

    @property
    def url(self) -> str:
        """The address, without a slash at its end."""


class Lab:
    """``python -m autograder.lab`` on a folder of notebooks; a context manager."""

    def __init__(self, folder: Path, dark: bool = False) -> None:
        self.folder = folder
        self.dark = dark

    def __enter__(self) -> "Lab":
        environment = {key: value for key, value in os.environ.items() if key != "COURSE_CONTROL"}
        private = self.folder / ".jupyter"
        # Cells out of sight are in the page as well, so that they can be looked for.
        self._set("notebook-extension/tracker", windowingMode="none")
        if self.dark:
            self._set("apputils-extension/themes", theme="JupyterLab Dark")
        environment |= {
            "JUPYTER_DATA_DIR": str(private),
            "JUPYTER_RUNTIME_DIR": str(private),
            "JUPYTERLAB_SETTINGS_DIR": str(private / "settings"),
        }
        folder = f"--ServerApp.root_dir={self.folder}"
        log = self.folder / "lab.log"
        self.running = RunningLab(log, environment, folder, "--LabApp.default_url=/lab").ready()
        self.url = self.running.url.rstrip("/")
        return self

    def _set(self, name: str, **settings: str) -> None:
        """Choose settings of JupyterLab, as its settings editor does."""
        file = self.folder / f".jupyter/settings/@jupyterlab/{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(settings))

    def __exit__(self, *_: object) -> None:
        self.running.process.send_signal(signal.SIGINT)
        self.running.process.wait(30)


def chromium() -> webdriver.Chrome:
    """Headless Chromium, which keeps what pages write to the console."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for flag in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--no-proxy-server",
        "--window-size=1200,1600",
    ):
        options.add_argument(flag)
    return webdriver.Chrome(options, webdriver.ChromeService(DRIVER))


class Browser:
    """One notebook, open in Chromium; a context manager."""

    def __init__(self, lab: Served, notebook: str) -> None:
        self.driver = chromium()
        self.driver.get(f"{lab.url}/doc/tree/{notebook}?token={TOKEN}")
        until(lambda: self.driver.find_elements(By.CSS_SELECTOR, ".jp-Cell"), "the notebook")
        until(self._idle, "the kernel")

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *_: object) -> None:
        self.driver.quit()

    def _idle(self) -> bool:
        icons = self.driver.find_elements(By.CSS_SELECTOR, ".jp-Notebook-ExecutionIndicator")
        return any(icon.get_attribute("data-status") == "idle" for icon in icons)

    def cell(self, words: str) -> WebElement:
        """The code cell that holds these words, scrolled into view."""
        found: WebElement = until(
            lambda: self.driver.execute_script(_FIND, words), f"the cell {words!r}"
        )
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
        return found

    def run(self, words: str) -> None:
        """Run the cell that holds these words, and wait until the kernel is done."""
        until(lambda: self._press(words), "the cell to begin")
        until(lambda: self._prompt(words).isdigit(), "the cell to end")

    def _press(self, words: str) -> bool:
        """Press Shift and Enter in a cell; says whether it began, which a busy page may miss."""
        before = self._prompt(words)
        self.cell(words).find_element(By.CSS_SELECTOR, ".cm-content").click()
        ActionChains(self.driver).key_down(Keys.SHIFT).send_keys(Keys.ENTER).key_up(
            Keys.SHIFT
        ).perform()
        end = time.monotonic() + NOTICED
        while time.monotonic() < end:
            if self._prompt(words) != before:
                return True
            time.sleep(0.05)
        return False

    def _prompt(self, words: str) -> str:
        """The number of a cell's last run, a star while it runs."""
        try:
            prompt = self.cell(words).find_element(By.CSS_SELECTOR, ".jp-InputPrompt")
            return prompt.text.strip("[]: ")
        except StaleElementReferenceException:  # drawn anew in this moment
            return self._prompt(words)

    def run_all(self) -> None:
        """Run every cell from the top, as a learner who presses Shift and Enter would."""
        until(self._select_first, "the first cell")
        for _ in self.driver.find_elements(By.CSS_SELECTOR, ".jp-Notebook .jp-Cell"):
            ActionChains(self.driver).key_down(Keys.SHIFT).send_keys(Keys.ENTER).key_up(
                Keys.SHIFT
            ).perform()

    def _select_first(self) -> bool:
        """Select the first cell; false while the page is still being laid out."""
        try:
            self.driver.find_element(By.CSS_SELECTOR, ".jp-Notebook .jp-Cell").click()
        except (StaleElementReferenceException, ElementClickInterceptedException):
            return False
        ActionChains(self.driver).send_keys(Keys.ESCAPE).perform()
        return True

    def type(self, words: str, code: str) -> None:
        """Put ``code`` in place of what a cell holds, as typed text."""
        self.cell(words).find_element(By.CSS_SELECTOR, ".cm-content").click()
        ActionChains(self.driver).key_down(Keys.CONTROL).send_keys("a").key_up(
            Keys.CONTROL
        ).perform()
        self.driver.execute_cdp_cmd("Input.insertText", {"text": code})

    def output(self, words: str) -> WebElement:
        """The output area of a cell."""
        return self.cell(words).find_element(By.CSS_SELECTOR, ".jp-OutputArea")


_FIND = """
return [...document.querySelectorAll('.jp-CodeCell')].find(
    cell => cell.querySelector('.cm-content')?.innerText.includes(arguments[0]));
"""
