"""Name the exception that stopped a cell where no recorded mistake fits."""

import re
from typing import NamedTuple


class Diagnosis(NamedTuple):
    """Name of a mistake and sentence for the learner; ``{label}`` stands for the fact's label."""

    name: str
    sentence: str


# --- the exception that stopped the cell --------------------------------------------------------

ERRORS: tuple[tuple[str, Diagnosis], ...] = (
    (
        r"BlankError|'Blank'|Blank is not",
        Diagnosis("incomplete", "A blank `___` is still empty, and the cell stopped there."),
    ),
    (
        r"SyntaxError: (?P<what>.*?) \(",
        Diagnosis("syntax", "Python cannot read the cell: {what}. A comma, bracket or quotation "
                  "mark may be missing."),
    ),
    (
        r"IndentationError",
        Diagnosis("indentation", "The lines of a block do not start at the same column."),
    ),
    (
        r"NameError: name '(?P<what>[^']*)'",
        Diagnosis("unknown-name", "The name `{what}` does not exist. Look for a typing error, for "
                  "missing quotation marks, or for a cell that was not run."),
    ),
    (
        r"ModuleNotFoundError: No module named '(?P<what>[^']*)'",
        Diagnosis("unknown-package", "There is no package `{what}` here. Use one of the course."),
    ),
    (
        r"'(builtin_)?(function|method)(_or_method)?' object|'type' object is not subscriptable",
        Diagnosis("not-called", "You named a function without calling it: its brackets are "
                  "missing."),
    ),
    (
        r"'NoneType' object",
        Diagnosis("none-used", "You go on with the result of a function that returns nothing."),
    ),
    (
        r"'Figure' object has no attribute 'imshow'",
        Diagnosis("axes-not-unpacked", "`plt.subplots` gives the figure and its axes. You took the "
                  "figure for an axes."),
    ),
    (
        r"'(?P<what>[A-Z]\w+)' object is not callable",
        Diagnosis("called-a-value", "A {what} is a value, not a function: leave out the brackets "
                  "behind its name."),
    ),
    (
        r"'int' object has no attribute 'ndim'",
        Diagnosis("bands-not-in-a-list", "Several bands go into one list. As separate numbers, the "
                  "second is taken for another argument."),
    ),
    (
        r"'numpy.ndarray' object has no attribute 'startswith'",
        Diagnosis("array-for-a-file", "The name of a file is wanted there, not the array itself."),
    ),
    (
        r"module '(?P<what>\w+)' has no attribute",
        Diagnosis("unknown-attribute", "The package `{what}` has nothing of this name. It may be "
                  "misspelt, or have gone from newer versions."),
    ),
    (
        r"HTTPError: HTTP Error 404|404 Client Error",
        Diagnosis("no-such-address", "There is no file at this address. Compare it with the given "
                  "one, letter by letter."),
    ),
    (
        r"write\(\) argument must be str, not bytes",
        Diagnosis("opened-as-text", "The file was opened for text. An image is bytes, so open it "
                  "for bytes."),
    ),
    (
        r"JSONDecodeError",
        Diagnosis("not-json", "The answer is not json, so it cannot be read as such."),
    ),
    (
        r"Data must be NxM",
        Diagnosis("not-an-image-shape", "This array is not a picture: the colours must be its "
                  "last axis."),
    ),
    (
        r"Dataset is closed",
        Diagnosis("read-after-close", "The file is closed when the `with` block ends. Read inside "
                  "the block."),
    ),
    (
        r"'tuple' object has no attribute|'str' object has no attribute '(json|content)'",
        Diagnosis("not-a-response", "You stored a text or several values where the answer of a "
                  "request belongs. The request itself was not sent."),
    ),
    (
        r"IndexError: index (?P<what>\d+) is out of bounds",
        Diagnosis("index-out-of-range", "Index {what} does not exist. Python counts from 0, so the "
                  "last of two is 1."),
    ),
    (
        r"IndexError: band index (?P<what>\S+) out of range",
        Diagnosis("band-out-of-range", "The patch has no band {what}. It has 14 layers, counted "
                  "from 1."),
    ),
    (
        r"KeyError: (?P<what>.*)",
        Diagnosis("unknown-key", "There is no column or key {what}. Capital letters count."),
    ),
    (
        r"FileNotFoundError.*?'(?P<what>[^']*)'",
        Diagnosis("no-such-file", "There is no local file `{what}`. Was it saved, and do the "
                  "arguments stand in the right order?"),
    ),
    (
        r"TypeError: .*missing \d+ required positional argument",
        Diagnosis("arguments-missing", "The function got too few arguments. A tuple of numbers is "
                  "one argument until a star unpacks it."),
    ),
    (
        r"TypeError: .*unexpected keyword argument '(?P<what>[^']*)'",
        Diagnosis("unknown-argument", "The function has no argument `{what}`: it has another "
                  "name."),
    ),
    (
        r"TypeError: a bytes-like object is required, not '(?P<what>\w+)'",
        Diagnosis("not-bytes", "The file wants bytes and got a {what}. The raw bytes of an answer "
                  "are one of its attributes."),
    ),
    (
        r"ValueError: '(?P<what>[^']*)' is not a valid value for cmap",
        Diagnosis("unknown-colour-map", "There is no colour map `{what}`. Capital letters count."),
    ),
    (
        r"ValueError: Got predicate='(?P<what>[^']*)'",
        Diagnosis("unknown-predicate", "There is no predicate `{what}`. Look at its spelling."),
    ),
    (
        r"ValueError: (too many|not enough) values to unpack",
        Diagnosis("unpacking", "The number of names on the left does not fit what the function "
                  "returns."),
    ),
    (
        r"TypeError: Invalid shape .* for image data",
        Diagnosis("not-an-image-shape", "This array is not a picture: the colours must be its "
                  "last axis, of length 3."),
    ),
    (
        r"(?:CourseError|StorageRefusedError|BucketMissingError|StorageUnreachableError)"
        r": (?P<what>.*)",
        Diagnosis("refused", "{what}"),
    ),
)  # fmt: skip


def of_error(error: str) -> Diagnosis | None:
    """The diagnosis of an exception; ``None`` for one that is not in `ERRORS`."""
    for pattern, diagnosis in ERRORS:
        match = re.search(pattern, error, re.DOTALL)
        if match:
            words = match.groupdict().get("what") or ""
            return diagnosis._replace(sentence=diagnosis.sentence.replace("{what}", words))
    return None
