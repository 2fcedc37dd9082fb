"""How large the pictures of a notebook become in a browser."""

import base64
import io
import re
import warnings
from collections.abc import Mapping

from PIL import Image

MAX_PIXELS = 25_000_000
"""Pixels of a picture: a browser takes four bytes for each, however small the file is."""

ALL_PIXELS = 200_000_000
"""Pixels of all pictures of a notebook."""

SHORTEST = 40
"""No picture takes fewer characters of base64."""

PICTURES = ("image/png", "image/jpeg")
"""Kinds of outputs that are pictures."""

_IN_HTML = re.compile(r'src="data:image/[a-z]+;base64,([^"]*)"')


def pixels_in(data: Mapping[str, str]) -> int:
    """Pixels of all pictures in an output, by kind; those in its html included."""
    own = [data[kind] for kind in PICTURES if kind in data]
    return sum(map(pixels, (*own, *_IN_HTML.findall(data.get("text/html", "")))))


def pixels(picture: str) -> int:
    """Pixels of a picture in base64; beyond `MAX_PIXELS` where nobody can tell."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            content = io.BytesIO(base64.b64decode(picture))
            with Image.open(content, formats=("PNG", "JPEG", "GIF")) as opened:
                return opened.width * opened.height
    except Exception:  # whatever a broken or hostile file makes Pillow raise
        return 0 if len(picture) < SHORTEST else MAX_PIXELS + 1
