"""Nothing stays of a submission's folder."""

import os
from pathlib import Path

from autograder.grading.sandbox import remove
from tests.grading.sandbox.confined import confined


def test_files_and_folders_are_removed(tmp_path: Path) -> None:
    folder, other = tmp_path / "folder", tmp_path / "other"
    (folder / "a/b").mkdir(parents=True)
    (folder / "0").mkdir()
    (folder / "a/b/file").write_text("x")
    other.write_text("x")
    (folder / "link").symlink_to(other)
    (folder / "a/all").symlink_to("/")
    remove(folder)
    assert list(tmp_path.iterdir()) == [other]


def test_thousands_of_folders_in_one_another_are_removed(folder: Path, user: int) -> None:
    def attack() -> None:
        for _ in range(1_500):
            os.mkdir("deeper")
            os.chdir("deeper")

    confined(attack, folder, user=user)
    remove(folder)
    assert not list(folder.parent.iterdir())
