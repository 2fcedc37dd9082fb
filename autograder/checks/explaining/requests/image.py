"""An order's script, the file that was saved, and the object that was uploaded."""

import difflib
from collections.abc import Mapping, Sequence

from autograder.checks.explaining.explanation import Explain, Explanation
from autograder.checks.explaining.requests.body import shown
from autograder.checks.explaining.served import Served
from autograder.checks.reading.facts import Evidence, Fact

RED_GREEN_BLUE = ["B04", "B03", "B02"]
COLLECTION = "sentinel-2-l2a"

FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/jpg": "JPEG"}

COLOURS = {
    "B01": "coastal aerosol", "B02": "blue", "B03": "green", "B04": "red", "B05": "red edge",
    "B06": "red edge", "B07": "red edge", "B08": "near infrared", "B8A": "near infrared",
    "B09": "water vapour", "B10": "cirrus", "B11": "short-wave infrared",
    "B12": "short-wave infrared",
}  # fmt: skip
"""What each band sees."""


def bands(found: Sequence[str]) -> Explanation | None:
    """What a script returns in place of red, green and blue; ``None`` where it is these."""
    found = list(found)
    if found == RED_GREEN_BLUE:
        return None
    values = {"found": shown(", ".join(found))}
    if not found:
        return Explanation("bands-none")
    if found == ["B08", "B04", "B03"]:
        return Explanation("bands-of-the-example", values)
    if len(set(found)) == 1:
        return Explanation("bands-all-alike", values | _seen(found[0]))
    if sorted(found) == sorted(RED_GREEN_BLUE):
        return Explanation("bands-in-another-order", values)
    lacking = [band for band in RED_GREEN_BLUE if band not in found]
    if len(found) < 3 and lacking:
        return Explanation("bands-too-few", values | _seen(lacking[0]))
    wrong = [place for place in range(3) if found[place] != RED_GREEN_BLUE[place]]
    if len(found) == 3 and len(wrong) == 1:
        band = found[wrong[0]]
        key = "bands-one-twice" if band in RED_GREEN_BLUE else "bands-one-other"
        right = RED_GREEN_BLUE[wrong[0]]
        return Explanation(key, {**values, **_seen(band), "right": f"{right} ({COLOURS[right]})"})
    return Explanation("bands-others", values)


def not_asked_for(script: str, returned: Sequence[str]) -> str:
    """A band that a script returns and that its ``setup`` does not name; ``""`` for none."""
    setup, found, _ = script[:10_000].partition("evaluatePixel")
    if not found or "input" not in setup:
        return ""
    return next((band for band in returned if band not in setup), "")


def _seen(band: str) -> dict[str, str]:
    return {"band": band, "colour": COLOURS.get(band, band)}


def collection(value: object, right: str = COLLECTION) -> Explanation | None:
    """What is wrong with the name of a collection; ``None`` for the right one."""
    if isinstance(value, list):
        if len(value) != 1:
            return Explanation("collection-not-one", {"count": str(len(value))})
        value = value[0]
    if not isinstance(value, str):
        return Explanation("collection-not-a-text", {"found": shown(value)})
    if value == right:
        return None
    values = {"found": shown(value)}
    bare = "".join(letter for letter in value[:80].lower() if letter.isalnum())
    if "l1c" in bare or "level1c" in bare:
        return Explanation("collection-level-1c", values)
    meant = {"sentinel2l2a", "s2l2a", "sentinel2level2a", "s2msil2a", "l2a", "level2a", "2a"}
    near = difflib.SequenceMatcher(None, value[:80].lower(), right).ratio() >= 0.8
    if bare in ("sentinel2", "s2"):
        return Explanation("collection-without-level", values)
    if bare in meant or near:
        return Explanation("collection-misspelt", values)
    return Explanation("collection-of-another-kind", values)


def media_type(value: object) -> Explanation | None:
    """What is wrong with the format of an order; ``None`` for a TIFF."""
    if not isinstance(value, str):
        return Explanation("format-not-a-text", {"found": shown(value)})
    word = value[:80].strip().lower()
    values = {"found": shown(value)}
    if value == "image/tiff":
        return None
    if word in FORMATS or word in ("png", "jpeg", "jpg"):
        return Explanation("format-of-a-picture", values)
    if "tif" in word:
        return Explanation("format-misspelt" if "/" in word else "format-without-image", values)
    return Explanation("format-of-another-kind", values)


def by_words(fact: str, keys: Mapping[str, str]) -> Explain:
    """Explains a fact by what its words begin with.

    Args:
        fact: Its name.
        keys: Key of the explanation by the first words.
    """

    def explain(evidence: Evidence, _: Mapping[str, Fact], __: Served) -> Explanation | None:
        words = evidence[fact].get("text") or evidence[fact].get("why", "")
        return next(
            (Explanation(key) for start, key in keys.items() if words.startswith(start)), None
        )

    return explain
