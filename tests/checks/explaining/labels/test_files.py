"""Whatever differs in a key, a file or a listing, taken at random, is found again."""

import io
import pickle
import string
from collections.abc import Callable

import numpy as np
import pytest

from autograder.checks.explaining import files
from autograder.checks.explaining.explanation import Explanation
from autograder.checks.reading import facts
from autograder.checks.reading import files as reading
from tests.checks.explaining.labels.landscapes import any_landscape
from utils.reference import LABEL_KEY

Random = np.random.Generator

TRIES = 60
"""Random slips of each kind: together with the kinds some two thousand."""


def right_key(rng: Random) -> str:
    """The key of the labels of any patch."""
    nuts = f"{rng.choice(['FR', 'DE', 'BG'])}{rng.choice(list(string.ascii_uppercase))}"
    corner = rng.integers(1_000_000, 5_000_000, 2)
    patch = f"{corner[0]}_{corner[1]}_{rng.integers(9)}_{rng.integers(2000)}"
    nuts, size = f"{nuts}{rng.integers(10, 99)}", int(rng.choice([125, 250, 512]))
    return LABEL_KEY.format(nuts=nuts, year=rng.choice([2018, 2021]), size=size, patch=patch)


def found(explanation: Explanation | None) -> str:
    return explanation.key if explanation else ""


def keys(key: str, slip: Callable[[str, Random], str]) -> Callable[[Random], bool]:
    """Whether a random slip in a key is found again."""

    def again(rng: Random) -> bool:
        right = right_key(rng)
        return found(files.of_key(slip(right, rng), right, "my-bucket")) == key

    return again


def part(place: int, change: Callable[[str, Random], str]) -> Callable[[str, Random], str]:
    """A slip in one folder of a key."""

    def slip(key: str, rng: Random) -> str:
        parts = key.split("/")
        parts[place] = change(parts[place], rng)
        return "/".join(parts)

    return slip


def without(count: int) -> Callable[[str, Random], str]:
    def slip(key: str, rng: Random) -> str:
        parts = key.split("/")
        start = rng.integers(0, len(parts) - count)
        return "/".join([*parts[:start], *parts[start + count :]])

    return slip


def misspelt(word: str, rng: Random) -> str:
    place = int(rng.integers(1, len(word)))
    return word[:place] + rng.choice(["", "_", word[place] * 2]) + word[place + 1 :]


def swapped_folders(key: str, rng: Random) -> str:
    parts = key.split("/")
    one, other = rng.choice(range(4, 7), 2, replace=False)
    parts[one], parts[other] = parts[other], parts[one]
    return "/".join(parts)


def two_parts(key: str, rng: Random) -> str:
    parts = key.split("/")
    for place in rng.choice(range(4, 7), 2, replace=False):
        parts[place] = f"{parts[place]}0"
    return "/".join(parts)


def other_letters(key: str, rng: Random) -> str:
    return key.lower() if rng.random() < 0.5 else key.replace("labels", "Labels")


def extra_folder(key: str, rng: Random) -> str:
    parts = key.split("/")
    parts.insert(int(rng.integers(0, len(parts))), str(rng.choice(["new", "2019", "tests"])))
    return "/".join(parts)


def saved(as_bytes: Callable[[np.ndarray], bytes], key: str) -> Callable[[Random], bool]:
    """Whether what a file holds is found again."""

    def again(rng: Random) -> bool:
        content = as_bytes(any_landscape(rng).right)
        assert reading.array_in(content) is None
        return found(files.of_content(facts.text(reading.kind_of(content)))) == key

    return again


def with_stream(write: Callable[[io.BytesIO, np.ndarray], object]) -> Callable[[np.ndarray], bytes]:
    def as_bytes(labels: np.ndarray) -> bytes:
        stream = io.BytesIO()
        write(stream, labels)
        return stream.getvalue()

    return as_bytes


def as_tiff(labels: np.ndarray) -> bytes:
    from PIL import Image

    return with_stream(lambda stream, array: Image.fromarray(array).save(stream, "TIFF"))(labels)


def listed(key: str, folder: Callable[[str, Random], str]) -> Callable[[Random], bool]:
    """Whether it is found again which folder was listed."""

    def again(rng: Random) -> bool:
        path = f"my-bucket/{right_key(rng)}"
        code = "print(fs.ls(folder))"
        return found(files.of_listing(code, [folder(path, rng)], path, printed=True)) == key

    return again


def above(path: str, rng: Random) -> str:
    return "/".join(path.split("/")[: rng.integers(1, 8)])


def elsewhere(path: str, rng: Random) -> str:
    return path.replace("labels", "patchs").rpartition("/")[0]


def codes(
    key: str, explain: Callable[[str], Explanation | None], *ways: str
) -> Callable[[Random], bool]:
    """Whether it is found again what code does not do, or does in place of it."""
    return lambda rng: found(explain(str(rng.choice(ways)))) == key


def no_object(code: str) -> Explanation | None:
    return files.of_no_object(code, "")


def no_file(code: str) -> Explanation | None:
    return files.of_no_file("", "labels.npy", code, "")


def not_listed(code: str) -> Explanation | None:
    return files.of_listing(code, [], "my-bucket/a.npy", printed=True)


KINDS: dict[str, Callable[[Random], bool]] = {
    "a placeholder left in": keys("key-placeholder", part(4, lambda *_: "{NUTS}")),
    "a space in a key": keys("key-space", part(0, lambda word, _: f" {word}")),
    "backslashes in a key": keys("key-backslash", lambda key, _: key.replace("/", "\\")),
    "the bucket twice": keys("key-bucket-twice", lambda key, _: f"my-bucket/{key}"),
    "two slashes": keys(
        "key-double-slash",
        lambda key, rng: part(int(rng.integers(1, 7)), lambda word, _: f"/{word}")(key, rng),
    ),
    "a slash at the end": keys("key-ends-in-slash", lambda key, _: f"{key.rpartition('/')[0]}/"),
    "other capital letters": keys("key-capitals", other_letters),
    "a folder missing": keys("key-folder-missing", without(1)),
    "folders missing": keys("key-folders-missing", without(2)),
    "a folder too many": keys("key-folder-too-many", extra_folder),
    "the file's name missing": keys("key-without-name", lambda key, _: key.rpartition("/")[0]),
    "the file's name twice": keys("key-name-twice", lambda key, _: f"{key}/{key.split('/')[-1]}"),
    "all folders missing": keys("key-without-folders", lambda key, _: key.split("/")[-1]),
    "folders in another order": keys("key-order", swapped_folders),
    "among the images": keys("key-among-images", part(1, lambda *_: "patchs")),
    "a folder misspelt": keys(
        "key-misspelt", lambda key, rng: part(int(rng.integers(0, 4)), misspelt)(key, rng)
    ),
    "another folder": keys("key-other-folder", part(1, lambda *_: "masks")),
    "another region": keys("key-region", part(4, lambda word, rng: f"XX{rng.integers(100, 999)}")),
    "a larger region": keys("key-region-too-large", part(4, lambda word, rng: word[:-1])),
    "another year": keys("key-year", part(5, lambda word, rng: str(rng.integers(2022, 2030)))),
    "another size": keys("key-size", part(6, lambda word, rng: str(rng.integers(10, 99)))),
    "two parts": keys("key-several-parts", two_parts),
    "another ending": keys(
        "key-ending",
        part(
            7,
            lambda word, rng: word.replace(
                ".npy", str(rng.choice([".tif", ".npz", ".npy.npy", ".txt"]))
            ),
        ),
    ),
    "no ending": keys("key-without-ending", part(7, lambda word, _: word[:-4])),
    "another patch": keys("key-patch", part(7, lambda word, rng: f"{rng.integers(99)}.npy")),
    "a text file": saved(with_stream(np.savetxt), "file-is-text"),
    "an archive": saved(with_stream(np.savez), "file-is-archive"),
    "a pickled list": saved(lambda array: pickle.dumps(array.tolist()), "file-is-pickle"),
    "a TIFF": saved(as_tiff, "file-is-tiff"),
    "a saved text": saved(
        with_stream(lambda file, _: np.save(file, "a.npy")), "file-holds-no-numbers"
    ),
    "bare bytes": saved(lambda array: array.tobytes(), "file-is-raw"),
    "an empty file": saved(lambda _: b"", "file-is-empty"),
    "a folder above listed": listed("listing-too-high", above),
    "another folder listed": listed("listing-elsewhere", elsewhere),
    "nothing uploaded": codes(
        "upload-not-called", no_object, "np.save(local_path, a)", "print(fs.ls('b'))"
    ),
    "a download": codes("upload-get", no_object, "fs.get(a, b)", "fs.download(b, a)"),
    "nothing saved": codes("file-not-saved", no_file, "fs.put(a, b)", "print(img_array)"),
    "saved under another name": codes(
        "file-other-name", no_file, "np.save('a.npy', a)", 'numpy.save("b", b)'
    ),
    "this computer listed": codes(
        "listing-of-this-computer", not_listed, "print(os.listdir('.'))", "list(Path().iterdir())"
    ),
    "listed before the upload": codes(
        "listing-before-upload",
        not_listed,
        "print(fs.ls(a))\nfs.put(b, c)",
        "x = fs.find(a)\nfs.upload(b, c)\nprint(x)",
    ),
    "nothing listed": codes("listing-not-called", not_listed, "print(s3_path)", "print(len(a))"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_random_slip_is_found_again(kind: str) -> None:
    tried = [KINDS[kind](np.random.default_rng([6, seed])) for seed in range(TRIES)]
    assert np.mean(tried) >= 0.95, f"{tried.count(True)} of {TRIES}"


def test_the_right_key_needs_no_explanation() -> None:
    for seed in range(TRIES):
        key = right_key(np.random.default_rng(seed))
        assert files.of_key(key, key) is None


@pytest.mark.parametrize("key", ["", "/", "a" * 5000, "/" * 3000, "{" * 900, "a/" * 2000 + "\\"])
def test_any_key_is_read_in_no_time(key: str) -> None:
    files.of_key(key, right_key(np.random.default_rng(1)))


def test_an_error_that_says_more_comes_first() -> None:
    assert files.of_no_object("print(a)", "NameError: name 'a' is not defined") is None
    assert files.of_no_file("", "a.npy", "print(a)", "NameError: name 'a' is not defined") is None
